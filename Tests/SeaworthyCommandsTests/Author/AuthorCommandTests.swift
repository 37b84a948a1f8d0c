// SPDX-License-Identifier: Apache-2.0

import Advisories
import ArgumentParser
import BaseImages
import Diagnostics
import JSONValues
import SeaworthyTestSupport
import Testing
import Workbench

@testable import SeaworthyCommands

@Suite("Commands on the kit, lessons and advisories")
struct AuthorCommandTests {
    private let scratch: ScratchFolder
    private let runtime: Runtime

    init() throws {
        scratch = try ScratchFolder()
        runtime = TestRuntime.make(scratch)
    }

    private func code(_ command: some SeaworthyCommand) -> Failure.Code? {
        do {
            _ = try command.run(runtime)
            return nil
        } catch {
            return (error as? Failure)?.code
        }
    }

    @Test(
        "an image of the kit is named by its identifier, by a reference, or by an organization's mirror",
        arguments: [
            ("node-24-alpine3.22", "node-24-alpine3.22"), ("node:24-alpine3.22", "node-24-alpine3.22"),
            ("docker.io/library/node:24-alpine3.22", "node-24-alpine3.22"),
            ("dhi.io/node:24-alpine3.22", "dhi-node-24-alpine3.22"),
            ("docker/dhi-node:24-alpine3.22-dev", "dhi-node-24-alpine3.22-dev"),
            ("acme/dhi-node:24-alpine3.22", "dhi-node-24-alpine3.22"),
        ]
    )
    func findsKitImages(text: String, id: String) throws {
        #expect(try KitAccess(runtime).image(text).id == id)
    }

    @Test("what the kit does not describe is not there", arguments: ["nope", "node:1", "", "../x", "A\u{1b}"])
    func noKitImage(text: String) throws {
        let access = try KitAccess(runtime)
        let failure = #expect(throws: Failure.self) { try access.image(text) }
        #expect(failure?.code == .noInput)
    }

    @Test("building an image of the kit makes what its table says")
    func buildsKit() throws {
        #expect(try KitBuild.parse(["node-24-alpine3.22"]).run(runtime) == .success)
        #expect(try KitAccess(runtime).image("node-24-alpine3.22").isAssembled)
        #expect(code(try KitBuild.parse(["nope"])) == .noInput)
    }

    @Test("the lessons that are shipped have no errors")
    func lints() throws {
        #expect(try LessonLintCommand.parse([]).run(runtime) == .success)
        #expect(code(try LessonLintCommand.parse(["nope"])) == .noInput)
    }

    @Test("a finding is written as compilers write theirs")
    func findingText() {
        let place = SourcePosition(line: 3, column: 7)
        let finding = Finding(
            rule: "R",
            severity: .warning,
            message: "M.",
            file: "f.yaml",
            range: SourceRange(start: place, end: place),
            fix: "do"
        )
        #expect(LessonLintCommand.text(finding) == "f.yaml:3:7: warning: M. [R]\n  → do")
        #expect(LessonLintCommand.text(Finding(rule: "R", severity: .error, message: "M.")) == "error: M. [R]")
    }

    @Test("records are shown by any of their ids, in any case")
    func showsAdvisories() throws {
        #expect(try AdvisoriesShow.parse(["CVE-2024-29041"]).run(runtime) == .success)
        #expect(try AdvisoriesShow.parse(["cve-2024-29041", "--json"]).run(runtime) == .success)
        for id in ["CVE-0000-0000", "", "\u{1b}[31m", String(repeating: "x", count: 100_000)] {
            #expect(code(try AdvisoriesShow.parse([id])) == .noInput)
        }
    }

    @Test("packages are matched by their purls")
    func matches() throws {
        #expect(try AdvisoriesMatch.parse(["pkg:npm/express@4.17.1"]).run(runtime) == .success)
        #expect(code(try AdvisoriesMatch.parse(["pkg:npm/express@4.17.1", "nonsense"])) == .malformedInput)
    }

    @Test("the version names the data that results rest on")
    func version() throws {
        let document = VersionDocument(runtime)
        #expect(document.version == EngineVersion.current)
        #expect(document.contentRoot == TestRuntime.root)
        #expect(document.dataSet?.digest.hasPrefix("sha256:") == true)
        let lost = VersionDocument(TestRuntime.make(scratch, ["SEAWORTHY_CONTENT": "/nowhere"]))
        #expect(lost.contentRoot == nil)
        #expect(lost.dataSet == nil)
        let json = try JSONWriter.text(of: lost, .indented)
        #expect(json.contains(#""contentRoot" : null"#))
    }
}
