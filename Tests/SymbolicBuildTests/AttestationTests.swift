// SPDX-License-Identifier: Apache-2.0

import BaseImages
import BillOfMaterials
import Diagnostics
import ImageFilesystem
import ImageLayouts
import OCISpec
import SeaworthyTestSupport
import Testing

@testable import SymbolicBuild

@Suite("Images that a build writes")
struct AttestationTests {
    static let dockerfile = """
        ARG TAG=12
        FROM debian:${TAG} AS first
        WORKDIR /app
        COPY a.txt ./

        FROM first
        COPY --from=first /app/a.txt /b.txt
        COPY --from=bare:latest /srv/old.txt /old.txt
        CMD ["sh"]
        """

    static func request() throws -> BuildRequest {
        BuildRequest(
            dockerfile: Array(dockerfile.utf8),
            context: MemoryContext(["a.txt": "hello"]),
            buildArguments: ["TAG": "12"],
            labels: ["l": "1"],
            names: [try ImageReference(parsing: "acme/app:1").withDefaultTag],
            attachesSBOM: true,
            provenance: .max,
            epochSeconds: BuildFixture.epoch,
            vcs: ["revision": "abc"],
            limits: .standard
        )
    }

    static func assemble() throws -> AssembledImage {
        let request = try request()
        let outcome = try Builder(provider: BuildFixture.provider(), repository: BuildFixture.NoPackages()).build(
            request
        )
        #expect(outcome.problem == nil)
        let assembler = ImageAssembler { _, _, _ in
        } baseLayers: { base in
            [
                try LayerBlob.make { writer in
                    try LayerWriter.write(base.tree.changes(since: FileTree()), of: base.tree, to: writer)
                }
            ]
        }
        return try assembler.assemble(outcome, request)
    }

    @Test("carry provenance that reads back as max, with the Dockerfile and the base image")
    func provenance() throws {
        let image = try Self.assemble()
        let statement = try #require(image.statements.first { $0.predicateType.contains("provenance") })
        let provenance = try ProvenanceReader.read(statement).provenance
        #expect(provenance.mode == .max)
        #expect(provenance.sources.first?.data == Array(Self.dockerfile.utf8))
        #expect(provenance.arguments["build-arg:TAG"] == "12")
        #expect(provenance.materials.count == 2)
        #expect(provenance.materials.contains { $0.uri.hasPrefix("pkg:docker/debian@12") })
        // Each layer leads back to its lines, those of the base image to the FROM.
        let lines = image.layers.map { provenance.lines(ofLayer: $0.descriptor.digest) }
        #expect(lines == [2...2, 3...3, 4...4, 7...7, 8...8])
    }

    @Test("have the same digests each time, say what they are made of, and differ when a file does")
    func deterministic() throws {
        let (first, second) = (try Self.assemble(), try Self.assemble())
        #expect(first.manifestDigest == second.manifestDigest)
        #expect(first.bundle.root.digest == second.bundle.root.digest)
        #expect(first.configuration.rootfs.diffIDs.count == 5)
        #expect(first.configuration.history.filter { $0.emptyLayer != true }.count == 5)
        #expect(first.statements.map(\.predicateType).contains(InTotoStatement.PredicateType.spdx))
        let other = try BuildFixture.build(Self.dockerfile, context: MemoryContext(["a.txt": "other"]))
        #expect(other.target?.tree.bytes(at: "/b.txt") == Array("other".utf8))
        #expect(first.statements.allSatisfy { $0.subjects.first?.digest["sha256"] == first.manifestDigest.hex })
    }

    @Test("are read back from the local store with the files that were built")
    func readBack() throws {
        let folder = try ScratchFolder()
        let store = try LocalImageStore(path: folder.path("images"), limits: .standard)
        let image = try Self.assemble()
        _ = try store.put(image.bundle, names: [try ImageReference(parsing: "acme/app:1")])
        let loaded = try store.image("acme/app:1")
        #expect(loaded.mismatches.isEmpty)
        #expect(loaded.layers.map(\.diffID) == image.configuration.rootfs.diffIDs)
        let found = try #require(
            try store.storedImage(try ImageReference(parsing: "acme/app:1"), platform: .linuxAMD64)
        )
        #expect(found.tree.resolvedNode(at: "/app/a.txt") != nil && found.tree.resolvedNode(at: "/b.txt") != nil)
        #expect(found.configuration.config.labels?["l"] == "1")
    }

    @Test("say in a label what is not known of them")
    func unknownLabel() throws {
        let outcome = try BuildFixture.build("FROM example.org/x:1\nRUN make")
        let state = try #require(outcome.target)
        let labels = ImageAssembler.configuration(state, SBOMAttestation.catalog(state, layers: [])).config.labels
        #expect(labels?[UnknownLabel.name]?.contains("example.org/x:1") == true)
        let known = try BuildFixture.stage("FROM debian:12")
        #expect(ImageAssembler.configuration(known, SBOMAttestation.catalog(known, layers: [])).config.labels == nil)
    }

    @Test("are predicted with the same files and statements, and not at all when the build stops")
    func prediction() throws {
        let request = try Self.request()
        let outcome = try Builder(provider: BuildFixture.provider(), repository: BuildFixture.NoPackages()).build(
            request
        )
        let predicted = try #require(PredictedImage(outcome, request))
        let assembled = try Self.assemble()
        #expect(predicted.baseLayerCount == 1)
        #expect(predicted.diffIDs.count == assembled.configuration.rootfs.diffIDs.count)
        #expect(predicted.configuration.config == assembled.configuration.config)
        #expect(predicted.configuration.history == assembled.configuration.history)
        #expect(predicted.statements.map(\.predicateType) == assembled.statements.map(\.predicateType))
        let broken = try BuildFixture.build("FROM debian:12\nCOPY none /")
        #expect(PredictedImage(broken, request) == nil)
    }
}
