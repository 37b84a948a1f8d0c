// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import JSONValues
import OCISpec
import SeaworthyTestSupport
import Testing

@testable import ImageLayouts

@Suite("What stands beside images")
struct CompanionTests {
    /// A layout of one image, and a manifest beside it.
    private struct Made {
        var layout: TestLayout
        let image: TestImage
        let companion: Digest

        /// - Parameters:
        ///   - annotations: of the companion's descriptor; `SUBJECT` stands for the image's digest in hexadecimal.
        ///   - manifest: the companion.
        init(
            annotations: [String: String] = [:],
            artifactType: String? = nil,
            imageAnnotations: [String: String] = ["org.opencontainers.image.ref.name": "v1"],
            _ manifest: (Descriptor, Descriptor, Descriptor) -> ImageManifest
        ) throws {
            image = try Sample.image()
            layout = try image.ociLayout()
            var root = Descriptor(
                mediaType: MediaType.manifest,
                digest: image.manifestDigest,
                size: image.manifestBytes.count
            )
            let payload = Array("payload".utf8)
            layout.addBlob(payload)
            layout.addBlob(Array("{}".utf8))
            let blob = Descriptor(
                mediaType: "application/vnd.dev.cosign.simplesigning.v1+json",
                digest: .sha256(of: payload),
                size: payload.count
            )
            let empty = Descriptor(mediaType: MediaType.configuration, digest: .sha256(of: Array("{}".utf8)), size: 2)
            let bytes = try TestImage.json(manifest(root, empty, blob))
            layout.addBlob(bytes)
            companion = .sha256(of: bytes)
            var beside = Descriptor(mediaType: MediaType.manifest, digest: companion, size: bytes.count)
            let hex = image.manifestDigest.hex
            beside.annotations = annotations.mapValues { $0.replacing("SUBJECT", with: hex) }
            beside.artifactType = artifactType
            root.annotations = imageAnnotations
            layout.files["index.json"] = .bytes(try TestImage.json(ImageIndex(manifests: [beside, root])))
        }

        func open(in scratch: ScratchFolder) throws -> ImageArchive {
            try ImageSource.open(path: try layout.writeFolder(scratch, companion.hex), limits: .standard)
        }
    }

    private static func signature(_ image: Descriptor, _ empty: Descriptor, _ blob: Descriptor) -> ImageManifest {
        ImageManifest(config: empty, layers: [blob])
    }

    @Test(
        "a signature is no second image, however it is named",
        arguments: [
            ["kind": "dev.cosignproject.cosign/sigs", "org.opencontainers.image.ref.name": "v1"],
            ["org.opencontainers.image.ref.name": "sha256-SUBJECT.sig"],
            ["io.containerd.image.name": "docker.io/acme/app:sha256-SUBJECT.sig"], [:],
        ]
    )
    func signatures(annotations: [String: String]) throws {
        let made = try Made(annotations: annotations, Self.signature)
        let scratch = try ScratchFolder()
        let archive = try made.open(in: scratch)
        #expect(archive.entries.count == 1)
        #expect(archive.companions.map(\.digest) == [made.companion])
        #expect(archive.companions.first?.kind == .signature)
        #expect(try archive.image().manifestDigest == made.image.manifestDigest)
        if annotations.values.contains(where: { $0.contains("SUBJECT") }) {
            #expect(archive.companions.first?.subject == made.image.manifestDigest)
        }
    }

    @Test("a referrer is told by its subject, an artifact by its type or its configuration")
    func referrers() throws {
        let scratch = try ScratchFolder()
        let referrer = try Made { image, empty, blob in
            ImageManifest(artifactType: "application/spdx+json", config: empty, layers: [blob], subject: image)
        }
        #expect(try referrer.open(in: scratch).companions.first?.subject == referrer.image.manifestDigest)
        let typed = try Made(artifactType: "application/vnd.example.thing", Self.signature)
        #expect(try typed.open(in: scratch).companions.first?.kind == .artifact)
        let chart = try Made { _, empty, blob in
            var config = empty
            config.mediaType = "application/vnd.cncf.helm.config.v1+json"
            return ImageManifest(config: config, layers: [blob])
        }
        #expect(try chart.open(in: scratch).entries.count == 1)
    }

    @Test("a second image stays one, and cosign's own word for an image makes nothing of it a companion")
    func images() throws {
        let scratch = try ScratchFolder()
        let second = try Made(annotations: ["org.opencontainers.image.ref.name": "v2"]) { image, _, _ in
            ImageManifest(config: image, layers: [])
        }
        // Its configuration has a manifest's type: no image.
        #expect(try second.open(in: scratch).entries.count == 1)
        let layer = Descriptor(mediaType: MediaType.layerGzip, digest: .sha256(of: Array("payload".utf8)), size: 7)
        let real = try Made(annotations: ["org.opencontainers.image.ref.name": "v2"]) { _, empty, _ in
            ImageManifest(config: empty, layers: [layer])
        }
        #expect(try real.open(in: scratch).entries.count == 2)
        let saved = try Made(
            annotations: ["kind": "dev.cosignproject.cosign/sigs"],
            imageAnnotations: ["kind": "dev.cosignproject.cosign/image"],
            Self.signature
        )
        #expect(try saved.open(in: scratch).entries.count == 1)
    }

    @Test("an attestation that cosign keeps beside the image is read as the image's")
    func attestations() throws {
        let image = try Sample.image()
        let statement = Sample.statement(image.manifestDigest)
        var layout = try image.ociLayout()
        layout.addBlob(statement)
        layout.addBlob(Array("{}".utf8))
        let manifest = ImageManifest(
            config: Descriptor(mediaType: MediaType.configuration, digest: .sha256(of: Array("{}".utf8)), size: 2),
            layers: [Descriptor(mediaType: MediaType.inToto, digest: .sha256(of: statement), size: statement.count)]
        )
        let bytes = try TestImage.json(manifest)
        layout.addBlob(bytes)
        var beside = Descriptor(mediaType: MediaType.manifest, digest: .sha256(of: bytes), size: bytes.count)
        beside.annotations = ["org.opencontainers.image.ref.name": "sha256-\(image.manifestDigest.hex).att"]
        let root = Descriptor(
            mediaType: MediaType.manifest,
            digest: image.manifestDigest,
            size: image.manifestBytes.count
        )
        layout.files["index.json"] = .bytes(try TestImage.json(ImageIndex(manifests: [root, beside])))
        let scratch = try ScratchFolder()
        let loaded = try ImageSource.open(path: try layout.writeTar(scratch), limits: .standard).image()
        #expect(loaded.attestations.map(\.namesTheImage) == [true])
    }

    /// Two images that `docker save` wrote, the second by its id alone, and an index that knows the first.
    private static func saved(indexed: Bool) throws -> (layout: TestLayout, first: TestImage, second: TestImage) {
        let first = try Sample.image(.none)
        let second = try TestImage([["b": .text("second")]], compression: .none)
        var layout = try first.dockerSave()
        for blob in second.layerBlobs + [second.configurationBytes] { layout.addBlob(blob) }
        func item(_ image: TestImage, _ tags: JSONValue) -> JSONValue {
            let layers = image.manifest.layers.map { JSONValue.string("blobs/sha256/" + $0.digest.hex) }
            return [
                "Config": .string("blobs/sha256/" + image.manifest.config.digest.hex), "RepoTags": tags,
                "Layers": .array(layers),
            ]
        }
        let items: JSONValue = .array([item(first, ["test:latest"]), item(second, .null)])
        layout.files["manifest.json"] = .bytes(items.bytes(indented: false))
        if !indexed { layout.files["index.json"] = nil }
        return (layout, first, second)
    }

    @Test(
        "an image without a name is listed, and its digest or the beginning of it finds it",
        arguments: [true, false]
    )
    func untagged(indexed: Bool) throws {
        let (layout, first, second) = try Self.saved(indexed: indexed)
        let scratch = try ScratchFolder()
        let archive = try ImageSource.open(path: try layout.writeTar(scratch), limits: .standard)
        #expect(archive.entries.count == 2)
        #expect(archive.entries.map(\.names.count) == [1, 0])
        let id = second.manifest.config.digest
        #expect(archive.entries.last?.digest == id)
        for reference in [id.description, id.hex, String(id.hex.prefix(12)), "sha256:" + id.hex.prefix(20)] {
            #expect(try archive.image(reference: reference).configurationDigest == id, "\(reference)")
        }
        #expect(
            try archive.image(reference: first.manifest.config.digest.description).configurationDigest
                == first.manifest.config.digest
        )
        let failure = #expect(throws: Failure.self) { try archive.image() }
        #expect(failure?.reason == .usage && failure?.why?.contains(id.description) == true)
        for reference in [String(id.hex.prefix(11)), "sha256:" + String(repeating: "0", count: 64)] {
            #expect(throws: Failure.self, "\(reference)") { try archive.image(reference: reference) }
        }
    }
}
