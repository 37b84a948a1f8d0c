// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1; Docker image specification 1.2 and 1.3; BuildKit docs/attestations.

public import Archives
import Foundation
import HostFiles
import JSONValues
public import OCISpec

/// A small image for a test, and the files of every form that tools save it in. It does not use what reads images, so that the
/// two can judge each other.
public struct TestImage: Sendable {
    /// The configuration.
    public let configuration: ImageConfiguration
    /// The configuration's bytes.
    public let configurationBytes: [UInt8]
    /// The layers as tars.
    public let tars: [[UInt8]]
    /// The layers as blobs.
    public let layerBlobs: [[UInt8]]
    /// The manifest.
    public let manifest: ImageManifest
    /// The manifest's bytes.
    public let manifestBytes: [UInt8]

    /// Makes an image of layers, the lowest first.
    public init(
        _ layers: [TestLayer],
        config: ContainerConfiguration = ContainerConfiguration(),
        history: [HistoryEntry]? = nil,
        platform: Platform = .linuxAMD64,
        created: String? = "2026-01-01T00:00:00Z",
        compression: Compression = .gzip
    ) throws {
        let tars = try layers.map { try $0.tar() }
        self.tars = tars
        let blobs = try tars.map { try TestArchive.compress($0, compression) }
        layerBlobs = blobs
        let configuration = ImageConfiguration(
            created: created,
            platform: platform,
            config: config,
            rootfs: RootFilesystem(diffIDs: tars.map { Digest.sha256(of: $0) }),
            history: history ?? layers.indices.map { HistoryEntry(createdBy: "layer \($0)") }
        )
        self.configuration = configuration
        configurationBytes = try Self.json(configuration)
        let mediaType: String =
            switch compression {
            case .gzip: MediaType.layerGzip
            case .zstd: MediaType.layerZstd
            case .none, .xz, .bzip2: MediaType.layer
            }
        manifest = ImageManifest(
            config: Self.descriptor(configurationBytes, MediaType.configuration),
            layers: blobs.map { Self.descriptor($0, mediaType) }
        )
        manifestBytes = try Self.json(manifest)
    }

    /// The manifest's digest.
    public var manifestDigest: Digest { .sha256(of: manifestBytes) }

    /// How an attestation manifest is written.
    public enum AttestationShape: Sendable, CaseIterable { case artifact, image }

    /// An OCI layout.
    ///
    /// - Parameters:
    ///   - names: one descriptor in the index for each; a bare tag is written as such.
    ///   - statements: attached when there are any; the image is then an index within the index.
    ///   - nested: whether the image is an index within the index without attestations, too, as containerd writes it.
    ///   - attachedTo: the manifest that the statements are attached to; the image's own when nil.
    ///   - absent: platforms that the inner index lists though their blobs are not there.
    public func ociLayout(
        names: [String] = ["docker.io/library/test:latest"],
        statements: [[UInt8]] = [],
        shape: AttestationShape = .artifact,
        attachedTo: Digest? = nil,
        nested: Bool = false,
        absent: [Platform] = []
    ) throws -> TestLayout {
        var layout = TestLayout()
        for blob in layerBlobs + [configurationBytes, manifestBytes] { layout.addBlob(blob) }
        var root = Self.descriptor(manifestBytes, MediaType.manifest)
        if nested || !statements.isEmpty || !absent.isEmpty {
            root.platform = configuration.platform
            var inner = [root]
            for platform in absent {
                let bytes = Array("absent \(platform)".utf8)
                var descriptor = Self.descriptor(bytes, MediaType.manifest)
                descriptor.platform = platform
                inner.insert(descriptor, at: 0)
            }
            if !statements.isEmpty {
                let subject = attachedTo.map { Descriptor(mediaType: root.mediaType, digest: $0, size: root.size) }
                inner.append(try addAttestations(statements, shape, of: subject ?? root, to: &layout))
            }
            let index = try Self.json(ImageIndex(manifests: inner))
            layout.addBlob(index)
            root = Self.descriptor(index, MediaType.index)
        }
        let roots =
            names.isEmpty
            ? [root]
            : names.map { name in
                var named = root
                let tag = name.split(separator: ":").last.map(String.init) ?? name
                named.annotations = ["org.opencontainers.image.ref.name": tag]
                if name != tag { named.annotations?["io.containerd.image.name"] = name }
                return named
            }
        layout.files["index.json"] = .bytes(try Self.json(ImageIndex(manifests: roots)))
        layout.files["oci-layout"] = .bytes(Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8))
        return layout
    }

    /// What Docker 25 and later save: an OCI layout, and `manifest.json` that points into it.
    public func dockerSave(names: [String] = ["docker.io/library/test:latest"], statements: [[UInt8]] = []) throws
        -> TestLayout
    {
        var layout = try ociLayout(names: names, statements: statements)
        layout.files["manifest.json"] = .bytes(
            try Self.json([
                DockerItem(
                    config: Self.blobPath(manifest.config.digest),
                    repoTags: names.map { $0.replacing("docker.io/library/", with: "") },
                    layers: manifest.layers.map { Self.blobPath($0.digest) }
                )
            ])
        )
        return layout
    }

    /// What Docker before 25 saved: a folder for each layer.
    ///
    /// - Parameter linksRepeated: whether a layer that is there twice is a symbolic link the second time.
    public func legacyDockerSave(tags: [String] = ["test:latest"], linksRepeated: Bool = false) throws -> TestLayout {
        var layout = TestLayout()
        let config = Digest.sha256(of: configurationBytes).hex + ".json"
        layout.files[config] = .bytes(configurationBytes)
        var paths: [String] = []
        var seen: [[UInt8]: String] = [:]
        for (index, tar) in tars.enumerated() {
            let id = Digest.sha256(of: Array("layer \(index)".utf8)).hex
            layout.files[id + "/VERSION"] = .bytes(Array("1.0".utf8))
            layout.files[id + "/json"] = .bytes(Array("{}".utf8))
            if linksRepeated, let first = seen[tar] {
                layout.files[id + "/layer.tar"] = .symlink("../" + first + "/layer.tar")
            } else {
                layout.files[id + "/layer.tar"] = .bytes(tar)
                seen[tar] = id
            }
            paths.append(id + "/layer.tar")
        }
        layout.files["manifest.json"] = .bytes(
            try Self.json([DockerItem(config: config, repoTags: tags, layers: paths)])
        )
        layout.files["repositories"] = .bytes(Array("{}".utf8))
        return layout
    }

    /// skopeo's `dir:` form.
    public func skopeoDirectory() throws -> TestLayout {
        var layout = TestLayout()
        layout.files["manifest.json"] = .bytes(manifestBytes)
        layout.files["version"] = .bytes(Array("Directory Transport Version: 1.1\n".utf8))
        for blob in layerBlobs + [configurationBytes] { layout.files[Digest.sha256(of: blob).hex] = .bytes(blob) }
        return layout
    }

    private func addAttestations(
        _ statements: [[UInt8]],
        _ shape: AttestationShape,
        of image: Descriptor,
        to layout: inout TestLayout
    ) throws -> Descriptor {
        let layers = statements.map { Self.descriptor($0, MediaType.inToto) }
        for statement in statements { layout.addBlob(statement) }
        let manifest: ImageManifest
        switch shape {
        case .artifact:
            layout.addBlob(Array("{}".utf8))
            var subject = image
            subject.platform = nil
            manifest = ImageManifest(
                artifactType: MediaType.attestationManifest,
                config: Self.descriptor(Array("{}".utf8), MediaType.empty),
                layers: layers,
                subject: subject
            )
        case .image:
            let dummy = try Self.json(
                ImageConfiguration(platform: .unknown, rootfs: RootFilesystem(diffIDs: layers.map(\.digest)))
            )
            layout.addBlob(dummy)
            manifest = ImageManifest(config: Self.descriptor(dummy, MediaType.configuration), layers: layers)
        }
        let bytes = try Self.json(manifest)
        layout.addBlob(bytes)
        var descriptor = Self.descriptor(bytes, MediaType.manifest)
        descriptor.platform = .unknown
        descriptor.annotations = [
            "vnd.docker.reference.type": "attestation-manifest",
            "vnd.docker.reference.digest": image.digest.description,
        ]
        return descriptor
    }

    static func blobPath(_ digest: Digest) -> String { "blobs/sha256/" + digest.hex }

    static func descriptor(_ bytes: [UInt8], _ mediaType: String) -> Descriptor {
        Descriptor(mediaType: mediaType, digest: .sha256(of: bytes), size: bytes.count)
    }

    /// JSON with sorted keys.
    public static func json(_ value: some Encodable) throws -> [UInt8] {
        try JSONWriter.bytes(of: value)
    }

    private struct DockerItem: Encodable {
        let config: String
        let repoTags: [String]
        let layers: [String]

        private enum CodingKeys: String, CodingKey {
            case config = "Config"
            case repoTags = "RepoTags"
            case layers = "Layers"
        }
    }
}

/// The files of an image in one of its forms, to be changed at will and then written as a folder or a tar.
public struct TestLayout: Sendable {
    /// What stands at a path.
    public enum Content: Sendable {
        case bytes([UInt8])
        case symlink(String)
    }

    /// The files by their paths.
    public var files: [String: Content] = [:]

    /// No files.
    public init() {}

    /// Adds a blob under its digest.
    public mutating func addBlob(_ bytes: [UInt8]) {
        files["blobs/sha256/" + Digest.sha256(of: bytes).hex] = .bytes(bytes)
    }

    /// Changes the bytes of one file.
    public mutating func change(_ path: String, _ change: (inout [UInt8]) -> Void) {
        guard case .bytes(var bytes)? = files[path] else { return }
        change(&bytes)
        files[path] = .bytes(bytes)
    }

    /// The layout as a tar, files sorted by path.
    public func tar(compression: Compression = .none) throws -> [UInt8] {
        try TestArchive.tar(
            files.sorted { $0.key < $1.key }.map { path, content in
                switch content {
                case .bytes(let bytes):
                    (ArchiveEntry(path: Array(path.utf8), kind: .file, mode: 0o644), bytes)
                case .symlink(let target):
                    (ArchiveEntry(path: Array(path.utf8), kind: .symlink(target: Array(target.utf8)), mode: 0o777), [])
                }
            },
            compression: compression
        )
    }

    /// Writes the tar into a scratch folder and gives its path.
    public func writeTar(_ scratch: ScratchFolder, _ name: String = "image.tar", compression: Compression = .none)
        throws
        -> String
    {
        try scratch.write(name, try tar(compression: compression))
    }

    /// Writes the files below a new folder of a scratch folder and gives its path.
    public func writeFolder(_ scratch: ScratchFolder, _ name: String = "image") throws -> String {
        for (path, content) in files.sorted(by: { $0.key < $1.key }) {
            switch content {
            case .bytes(let bytes): try scratch.write(name + "/" + path, bytes)
            case .symlink(let target):
                let file = scratch.path(name + "/" + path)
                try HostFile.makeFolder(HostFile.folder(of: file))
                try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: target)
            }
        }
        return scratch.path(name)
    }
}
