// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, image-layout.md; Docker image specification 1.3; containerd's annotations.

public import Archives
import Diagnostics
import HostFiles
import JSONValues
public import OCISpec

/// Writes images in the forms that skopeo, podman and Docker read. The same images give the same bytes.
///
/// Every blob is verified while it is written. A file appears whole or not at all; a folder that could not be filled is taken
/// away again.
public enum ImageWriter {
    /// An image and the names it is written under.
    public struct Item: Sendable {
        /// The image.
        public let bundle: ImageBundle
        /// The names; empty for an image without one.
        public let names: [ImageReference]

        /// An image without names is written under none.
        public init(_ bundle: ImageBundle, names: [ImageReference]) {
            self.bundle = bundle
            self.names = names
        }
    }

    /// Writes an OCI archive: an OCI layout in a tar.
    public static func writeOCIArchive(_ items: [Item], to path: String, compression: Compression = .none) throws {
        try writeArchive(items, to: path, compression: compression, dockerManifest: nil)
    }

    /// Writes what `docker save` writes since version 25: an OCI layout with `manifest.json` beside it.
    public static func writeDockerArchive(_ items: [Item], to path: String, compression: Compression = .none) throws {
        let list = try items.map { item in
            guard let image = item.bundle.images.first else {
                throw Failure(.malformedInput, "the image has no manifest for any platform", at: .file(path))
            }
            return DockerSaveItem(
                config: blobPath(image.configuration.digest),
                repoTags: item.names.map(\.familiarTagged).sorted(),
                layers: image.layers.map { blobPath($0.digest) }
            )
        }
        try writeArchive(items, to: path, compression: compression, dockerManifest: try JSONWriter.bytes(of: list))
    }

    /// Writes an OCI layout into a folder that is not there yet.
    ///
    /// - Throws: a `Failure`: `cannotCreate` when something of that name is there.
    public static func writeOCILayout(_ items: [Item], toNewFolder path: String) throws {
        try HostFile.requireAbsent(path)
        do {
            for algorithm in Set(items.flatMap { $0.bundle.blobs.map(\.descriptor.digest.algorithm) }).union([.sha256])
            {
                try HostFile.makeFolder(path + "/blobs/" + algorithm.rawValue)
            }
            for blob in uniqueBlobs(items) {
                try writeBlob(blob, to: path + "/" + blobPath(blob.descriptor.digest), durable: false)
            }
            try HostFile.writeAtomically(layoutMarker, to: path + "/oci-layout", durable: false)
            try HostFile.writeAtomically(try frontPage(items), to: path + "/index.json", durable: false)
        } catch {
            HostFile.remove(path)
            throw error
        }
    }

    static let layoutMarker = Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8)

    static func blobPath(_ digest: Digest) -> String { "blobs/\(digest.algorithm.rawValue)/\(digest.hex)" }

    /// The descriptors of a front page: one for each name of each image.
    static func descriptors(for item: Item) -> [Descriptor] {
        var descriptor = item.bundle.root
        descriptor.annotations = nil
        guard !item.names.isEmpty else { return [descriptor] }
        return item.names.map { $0.withDefaultTag }.sorted { $0.description < $1.description }.map { name in
            var named = descriptor
            named.annotations = annotations(for: name)
            return named
        }
    }

    static func annotations(for name: ImageReference) -> [String: String] {
        var annotations = [Annotation.imageName: name.description]
        if let tag = name.tag { annotations[Annotation.referenceName] = tag }
        return annotations
    }

    /// The descriptors with short reference names that tell them apart: the tag for the one image that has it, the full name for
    /// images that share a tag. Other tools take the first of several with the same name, silently.
    static func withDistinctNames(_ descriptors: [Descriptor]) -> [Descriptor] {
        let names = descriptors.map { descriptor in
            descriptor.annotations?[Annotation.imageName].flatMap { try? ImageReference(parsing: $0) }
        }
        var users: [String: Int] = [:]
        for tag in names.compactMap({ $0?.tag }) { users[tag, default: 0] += 1 }
        return zip(descriptors, names).map { descriptor, name in
            guard let name, let tag = name.tag else { return descriptor }
            var named = descriptor
            named.annotations?[Annotation.referenceName] = users[tag] == 1 ? tag : name.description
            return named
        }
    }

    /// Copies a blob to a file, under its final name only when digest and size are right.
    static func writeBlob(_ blob: ImageBundle.Blob, to path: String, durable: Bool) throws {
        let file = try TemporaryFile(in: HostFile.folder(of: path))
        try verified(blob, into: file)
        try file.commit(to: path, durable: durable)
    }

    static func verified(_ blob: ImageBundle.Blob, into sink: any ByteSink) throws {
        let stream = HashingStream(blob.source.stream(), blob.descriptor.digest.algorithm)
        try sink.write(stream)
        guard stream.byteCount == blob.descriptor.size, stream.digest == blob.descriptor.digest else {
            throw Failure(
                .malformedInput,
                "a blob is not what its digest says",
                at: blob.source.place,
                why: "\(blob.descriptor.digest) with \(blob.descriptor.size) bytes was promised, "
                    + "there are \(stream.digest) with \(stream.byteCount)"
            )
        }
    }

    private static func frontPage(_ items: [Item]) throws -> [UInt8] {
        try JSONWriter.bytes(of: ImageIndex(manifests: withDistinctNames(items.flatMap(descriptors))))
    }

    private static func uniqueBlobs(_ items: [Item]) -> [ImageBundle.Blob] {
        var seen: Set<Digest> = []
        return items.flatMap(\.bundle.blobs).filter { seen.insert($0.descriptor.digest).inserted }
            .sorted { $0.descriptor.digest < $1.descriptor.digest }
    }

    private static func writeArchive(
        _ items: [Item],
        to path: String,
        compression: Compression,
        dockerManifest: [UInt8]?
    ) throws {
        let file = try TemporaryFile(in: HostFile.folder(of: path))
        let writer = try TarWriter(to: file, compression: compression)
        func folder(_ path: String) throws { try writer.add(entry(path, .directory, mode: 0o755)) }
        let blobs = uniqueBlobs(items)
        try folder("blobs")
        var lastAlgorithm: Digest.Algorithm?
        for blob in blobs {
            let digest = blob.descriptor.digest
            if digest.algorithm != lastAlgorithm { try folder("blobs/" + digest.algorithm.rawValue) }
            lastAlgorithm = digest.algorithm
            guard blob.source.sizeBytes == blob.descriptor.size else {
                throw Failure(
                    .malformedInput,
                    "a blob has the wrong size",
                    at: blob.source.place,
                    why: "\(digest) should have \(blob.descriptor.size) bytes, it has \(blob.source.sizeBytes)"
                )
            }
            try writer.begin(entry(blobPath(digest), .file, mode: 0o644, size: blob.descriptor.size))
            try verified(blob, into: EntrySink(writer))
            try writer.end()
        }
        try writer.add(entry("index.json", .file, mode: 0o644), try frontPage(items))
        if let dockerManifest { try writer.add(entry("manifest.json", .file, mode: 0o644), dockerManifest) }
        try writer.add(entry("oci-layout", .file, mode: 0o644), layoutMarker)
        _ = try writer.finish()
        try file.commit(to: path, durable: false)
    }

    private static func entry(_ path: String, _ kind: ArchiveEntry.Kind, mode: UInt16, size: Int = 0) -> ArchiveEntry {
        ArchiveEntry(path: Array(path.utf8), kind: kind, mode: mode, sizeBytes: size)
    }

    /// Hands bytes to the tar entry that is open.
    private final class EntrySink: ByteSink {
        let writer: TarWriter

        init(_ writer: TarWriter) { self.writer = writer }

        func write(_ bytes: UnsafeRawBufferPointer) throws { try writer.write(bytes) }
    }
}

extension ImageReference {
    /// The name with its tag as `docker save` writes it, without `docker.io/library/`.
    var familiarTagged: String {
        ImageReference(domain: domain, path: path, tag: tag ?? "latest", digest: nil).familiar
    }
}
