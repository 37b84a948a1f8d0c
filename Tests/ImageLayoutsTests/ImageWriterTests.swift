// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import Foundation
import ImageLayouts
import OCISpec
import SeaworthyTestSupport
import Testing

@Suite("Writing images")
struct ImageWriterTests {
    static let name = ImageReference(domain: "docker.io", path: "library/made", tag: "1", digest: nil)

    static func assembly(
        shape: Attestation.Shape? = .artifact,
        compression: Compression = .gzip
    ) throws -> ImageAssembly {
        let layers = try Sample.layers.map { layer in
            try LayerBlob.make(compression: compression) { writer in
                for (entry, data) in layer.entries { try writer.add(entry, data) }
            }
        }
        var configuration = ImageConfiguration(created: "2026-01-01T00:00:00Z")
        configuration.config.user = "1000"
        configuration.config.cmd = ["/app/main"]
        configuration.history = [HistoryEntry(createdBy: "one"), HistoryEntry(createdBy: "two")]
        var assembly = try ImageAssembly(configuration: configuration, layers: layers)
        if let shape {
            let subject = InTotoStatement.Subject(name: "_", digest: ["sha256": assembly.manifestDigest.hex])
            assembly.attach(
                [InTotoStatement.PredicateType.spdx, InTotoStatement.PredicateType.provenanceV1].map {
                    InTotoStatement(
                        type: InTotoStatement.typeV1,
                        subjects: [subject],
                        predicateType: $0,
                        predicate: Array("{\"a\":1}".utf8)
                    )
                },
                shape: shape
            )
        }
        return assembly
    }

    static func write(_ form: String, _ items: [ImageWriter.Item], to path: String) throws {
        switch form {
        case "folder": try ImageWriter.writeOCILayout(items, toNewFolder: path)
        case "oci": try ImageWriter.writeOCIArchive(items, to: path)
        case "oci-gzip": try ImageWriter.writeOCIArchive(items, to: path, compression: .gzip)
        default: try ImageWriter.writeDockerArchive(items, to: path)
        }
    }

    @Test(
        "what is written comes back, attestations too",
        arguments: ["folder", "oci", "oci-gzip", "docker"],
        [
            Attestation.Shape.artifact, .image, nil,
        ]
    )
    func roundTrip(form: String, shape: Attestation.Shape?) throws {
        let assembly = try Self.assembly(shape: shape)
        let scratch = try ScratchFolder()
        let item = ImageWriter.Item(try assembly.bundle(), names: [Self.name])
        for copy in ["one", "two"] { try Self.write(form, [item], to: scratch.path(copy)) }
        let archive = try ImageSource.open(path: scratch.path("one"), limits: .submission)
        let image = try archive.image(reference: "made:1", platform: .linuxAMD64)
        #expect(try Sample.paths(image) == Sample.expectedPaths)
        #expect(image.manifestDigest == assembly.manifestDigest && !image.manifestIsReconstructed)
        #expect(image.names == ["docker.io/library/made:1"] && image.mismatches.isEmpty)
        #expect(image.attestations.map(\.shape) == (shape.map { [$0, $0] } ?? []))
        #expect(image.attestations.allSatisfy { $0.namesTheImage })
        #expect(try archive.bundle().root.digest == item.bundle.root.digest)
        #expect(try archive.bundle().blobs.map(\.descriptor.digest) == item.bundle.blobs.map(\.descriptor.digest))
        // The same image gives the same bytes.
        if form != "folder" { #expect(try scratch.read("one") == scratch.read("two")) }
    }

    @Test("a blob that is not what it says leaves nothing behind", arguments: ["folder", "oci", "docker"])
    func wrongBlob(form: String) throws {
        let good = try Self.assembly().bundle()
        let wrong = ImageBundle(
            root: good.root,
            blobs: good.blobs.map { blob in
                guard blob.descriptor.mediaType == MediaType.layerGzip else { return blob }
                return .init(
                    descriptor: blob.descriptor,
                    source: .bytes([UInt8](repeating: 7, count: blob.descriptor.size))
                )
            },
            images: good.images
        )
        let scratch = try ScratchFolder()
        let error = #expect(throws: Failure.self) {
            try Self.write(form, [.init(wrong, names: [Self.name])], to: scratch.path("out"))
        }
        #expect(error?.code == .malformedInput)
        #expect(try scratch.listing() == [])
    }

    @Test("the empty configuration of an artifact is the one that the specification names")
    func emptyConfiguration() throws {
        let digests = try Self.assembly().bundle().blobs.map(\.descriptor.digest.description)
        #expect(digests.contains("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"))
    }

    @Test(
        "bundles keep every platform that is there, and legacy archives become layouts",
        arguments: ImageSourceTests.forms
    )
    func converts(form: String) throws {
        let scratch = try ScratchFolder()
        let made = try Sample.image(.none)
        let path = try ImageSourceTests.layout(form, made).writeTar(scratch)
        let bundle = try ImageSource.open(path: path, limits: .submission).bundle()
        try ImageWriter.writeDockerArchive([.init(bundle, names: [Self.name])], to: scratch.path("again.tar"))
        let image = try ImageSource.open(path: scratch.path("again.tar"), limits: .submission).image()
        #expect(try Sample.paths(image) == Sample.expectedPaths)
        #expect(image.configurationBytes == made.configurationBytes)
    }
}

@Suite("Local image store")
struct LocalImageStoreTests {
    private func reference(_ text: String) throws -> ImageReference { try ImageReference(parsing: text) }

    @Test("puts, finds, tags, lists, removes and prunes")
    func story() throws {
        let scratch = try ScratchFolder()
        let store = try LocalImageStore(path: scratch.path("store"))
        #expect(try store.list().isEmpty)
        #expect(try store.find("made") == nil)
        let first = try ImageWriterTests.assembly().bundle()
        let second = try ImageWriterTests.assembly(shape: nil, compression: .zstd).bundle()
        #expect(
            try store.put(first, names: [try reference("made"), try reference("ghcr.io/a/b:2")]) == first.root.digest
        )
        #expect(try store.list().map { $0.reference?.familiar } == ["made:latest", "ghcr.io/a/b:2"])
        for text in [
            "made", "docker.io/library/made:latest", first.root.digest.description,
            String(first.root.digest.hex.prefix(12)),
        ] {
            #expect(try store.find(text)?.descriptor.digest == first.root.digest)
        }
        for text in ["made:2", "", "abc", "ghcr.io/a/b", "../x"] { #expect(try store.find(text) == nil) }
        let image = try store.image("made")
        #expect(try Sample.paths(image) == Sample.expectedPaths)
        #expect(image.attestations.count == 2)

        try store.tag("made", as: try reference("other:1"))
        try store.put(second, names: [try reference("made")])
        #expect(try store.find("made")?.descriptor.digest == second.root.digest)
        #expect(try store.image("other:1").attestations.count == 2)
        #expect(try store.remove("other:1").map(\.familiar) == ["other:1"])
        #expect(try store.remove("ghcr.io/a/b:2").count == 1)
        #expect(#expect(throws: Failure.self) { try store.remove("other:1") }?.code == .noInput)
        #expect(try store.list().map { $0.reference?.familiar } == ["made:latest"])

        try scratch.write("store/blobs/sha256/.seaworthy-left", "over")
        let report = try store.prune()
        #expect(report.blobCount > 3 && report.images.isEmpty)
        #expect(try Sample.paths(try store.image("made")) == Sample.expectedPaths)
        #expect(try store.prune().blobCount == 0)
        #expect(try scratch.listing().filter { $0.contains(".seaworthy-") } == [])
    }

    @Test("an image whose name goes elsewhere stays without a name until it is pruned")
    func dangling() throws {
        let scratch = try ScratchFolder()
        let store = try LocalImageStore(path: scratch.path("store"))
        let first = try ImageWriterTests.assembly().bundle()
        try store.put(first, names: [try reference("a")])
        try store.put(try ImageWriterTests.assembly(shape: nil).bundle(), names: [try reference("a")])
        #expect(try store.list().map { $0.reference?.familiar } == ["a:latest", nil])
        #expect(try store.image(first.root.digest.description).attestations.count == 2)
        #expect(try store.prune().images == [first.root.digest])
        #expect(try store.list().count == 1)
    }

    @Test("a wrong blob never gets in, and the store stays as it was")
    func wrongBlob() throws {
        let scratch = try ScratchFolder()
        let store = try LocalImageStore(path: scratch.path("store"))
        let good = try ImageWriterTests.assembly().bundle()
        let wrong = ImageBundle(
            root: good.root,
            blobs: good.blobs.map {
                .init(descriptor: $0.descriptor, source: .bytes([UInt8](repeating: 1, count: $0.descriptor.size)))
            },
            images: good.images
        )
        #expect(throws: Failure.self) { try store.put(wrong, names: [try reference("a")]) }
        #expect(try store.list().isEmpty)
        #expect(
            try scratch.listing() == [
                "store", "store/.lock", "store/blobs", "store/blobs/sha256", "store/index.json", "store/oci-layout",
            ]
        )
    }

    @Test("a blob that the disk has changed since is mended when its image comes in again")
    func mended() throws {
        let scratch = try ScratchFolder()
        let store = try LocalImageStore(path: scratch.path("store"))
        let bundle = try ImageWriterTests.assembly().bundle()
        try store.put(bundle, names: [try reference("a")])
        for blob in bundle.blobs {
            let digest = blob.descriptor.digest
            try scratch.write(
                "store/blobs/\(digest.algorithm.rawValue)/\(digest.hex)",
                [UInt8](repeating: 1, count: blob.descriptor.size)
            )
        }
        #expect(throws: Failure.self) { try store.image("a").verifyLayers() }
        let failure = #expect(throws: Failure.self) { try store.prune() }
        #expect(failure?.code == .malformedInput && failure?.fix != nil)
        try store.put(bundle, names: [try reference("a")])
        try store.image("a").verifyLayers()
        #expect(try store.prune().blobCount == 0)
    }

    @Test("an index that is no index is named, with what to do about it")
    func brokenIndex() throws {
        let scratch = try ScratchFolder()
        let store = try LocalImageStore(path: scratch.path("store"))
        try scratch.write("store/index.json", "{")
        let failure = #expect(throws: Failure.self) { try store.list() }
        #expect(failure?.code == .malformedInput && failure?.fix != nil)
    }

    @Test("what a killed process leaves over harms nobody and is pruned")
    func leftovers() throws {
        let scratch = try ScratchFolder()
        let bundle = try ImageWriterTests.assembly().bundle()
        let path = scratch.path("store")
        // Killed before anything but a folder was made; while writing a blob; between the blobs and the index.
        try scratch.write("store/blobs/sha256/.seaworthy-half", "half a blob")
        try scratch.write("store/.seaworthy-index", "{\"manifests\":[")
        let lost = Array("a blob that no index names".utf8)
        try scratch.write("store/blobs/sha256/" + Digest.sha256(of: lost).hex, lost)
        let layer = try #require(bundle.blobs.first { $0.descriptor.mediaType == MediaType.layerGzip })
        try scratch.write("store/blobs/sha256/" + layer.descriptor.digest.hex, "cut short by a full disk")
        let store = try LocalImageStore(path: path)
        #expect(try store.list().isEmpty)
        try store.put(bundle, names: [try reference("a")])
        #expect(try Sample.paths(try store.image("a")) == Sample.expectedPaths)
        #expect(try store.prune().blobCount == 3)
        #expect(try Sample.paths(try store.image("a")) == Sample.expectedPaths)
        #expect(try scratch.listing().filter { $0.contains(".seaworthy-") } == [])
    }

    @Test("many writers at once lose nothing")
    func concurrent() async throws {
        let scratch = try ScratchFolder()
        let path = scratch.path("store")
        let bundle = try ImageWriterTests.assembly().bundle()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<24 {
                group.addTask {
                    let store = try LocalImageStore(path: path)
                    try store.put(bundle, names: [try ImageReference(parsing: "app:\(number)")])
                    if number % 3 == 0 { try store.remove("app:\(number)") }
                }
            }
            try await group.waitForAll()
        }
        #expect(try LocalImageStore(path: path).list().count == 16)
    }
}
