// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import ImageLayouts
import OCISpec
import SeaworthyTestSupport
import ShellMachine
import SymbolicBuild
import Testing

@testable import Workbench

@Suite("An image that was built here, behind FROM")
struct AttestedBaseTests {
    private let scratch: ScratchFolder
    private let bench: Workbench

    init() throws {
        scratch = try ScratchFolder()
        bench = TestBench.make(scratch)
    }

    private func build(_ dockerfile: String, named name: String) throws -> BuildOutcome {
        var request = BuildRequest(
            dockerfile: Array(dockerfile.utf8),
            context: MemoryContext(["f": "file\n"]),
            names: [try ImageReference(parsing: name).withDefaultTag],
            epochSeconds: 1_790_000_000,
            limits: .standard
        )
        request.attachesSBOM = true
        request.provenance = .max
        let outcome = try bench.builder().build(request)
        #expect(outcome.problem == nil)
        let image = try bench.assembler().assemble(outcome, request)
        try bench.store().put(image.bundle, names: request.names)
        return outcome
    }

    @Test("with its attestations, and copied from, also after its name went elsewhere")
    func attested() throws {
        _ = try build("FROM alpine:3.22\nRUN adduser -D me\nCOPY f /f", named: "parent:1")
        let child = try build("FROM parent:1\nUSER me\nRUN id && cat /f", named: "child:1")
        #expect(child.target?.configuration.config.user == "me")
        _ = try build("FROM alpine:3.22\nCOPY --from=parent:1 /f /g", named: "copy:1")
        _ = try build("FROM parent:1\nUSER 5", named: "parent:1")
        let loaded = try bench.store().image("child:1")
        #expect(loaded.attestations.count == 2)
    }

    @Test("says again what is not known of it")
    func unknowns() throws {
        _ = try build("FROM alpine:3.22\nRUN apk add nonesuch", named: "parent:1")
        let child = try build("FROM parent:1\nRUN echo hi > /x", named: "child:1")
        #expect(child.unknowns.map(\.scope) == [.systemPackages] && child.unknowns.first?.line == 1)
        #expect(child.target?.uncertain.contains("/usr/bin/nonesuch") == true)
        let grandchild = try build("FROM child:1\nUSER 5", named: "grandchild:1")
        #expect(zip(grandchild.unknowns, child.unknowns).allSatisfy { $0.cause.hasSuffix($1.cause) })
        let label = try bench.store().image("grandchild:1").configuration.config.labels?[UnknownLabel.name]
        #expect(label?.split(separator: "\n").count == 1)
    }
}
