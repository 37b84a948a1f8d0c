// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Lessons
import SeaworthyTestSupport
import Testing

@testable import Workbench

@Suite("The content lint that runs the engine")
struct EngineLintTests {
    private static let shipped = TestBench.root + "/lessons/securing-your-image"

    /// A content root with the shipped kit and advisories, the shipped lesson, and one fixture of it.
    private static func content(_ scratch: ScratchFolder) throws -> String {
        let root = scratch.path("content")
        let files = FileManager.default
        try files.createDirectory(atPath: root + "/lessons", withIntermediateDirectories: true)
        try files.createDirectory(
            atPath: root + "/grader-fixtures/securing-your-image",
            withIntermediateDirectories: true
        )
        for folder in ["kit", "advisories"] {
            try files.createSymbolicLink(
                atPath: root + "/" + folder,
                withDestinationPath: TestBench.root + "/" + folder
            )
        }
        for folder in [
            "lessons/securing-your-image", "solutions", "grader-fixtures/securing-your-image/starter",
        ] where files.fileExists(atPath: TestBench.root + "/" + folder) {
            try files.copyItem(atPath: TestBench.root + "/" + folder, toPath: root + "/" + folder)
        }
        return root
    }

    private static func findings(_ scratch: ScratchFolder) throws -> [Finding] {
        let bench = TestBench.make(scratch, ["SEAWORTHY_CONTENT": scratch.path("content")])
        let library = try bench.lessons()
        let lesson = try library.lesson("securing-your-image")
        let judge = try bench.judge(lesson, limits: .submission)
        return try EngineLint(lesson, in: library, judge: judge, limits: .submission).findings()
    }

    @Test("finds nothing in the lesson that is shipped")
    func shipped() throws {
        let scratch = try ScratchFolder()
        _ = try Self.content(scratch)
        #expect(try Self.findings(scratch) == [])
    }

    /// A file of the content, what is changed in it, and the rule that objects.
    static let faults: [(file: String, old: String, new: String, rule: String)] = [
        ("solutions/securing-your-image/non-root-user/Dockerfile", "USER appuser", "USER root", "SolutionPasses"),
        ("lessons/securing-your-image/workspace/Dockerfile", "EXPOSE 3000", "USER node\nEXPOSE 3000", "StarterFails"),
        ("lessons/securing-your-image/workspace/Dockerfile", "EXPOSE 3000", "EXPOSE 3001", "ExpectedOutput"),
        ("lessons/securing-your-image/3-quickview.md", "(6/7 policies met)", "(5/7 policies met)", "ExpectedOutput"),
        ("lessons/securing-your-image/5-rebuild.md", "SUCCESS", "FAILED", "ExpectedOutput"),
    ]

    @Test("finds what the engine says otherwise", arguments: faults.indices)
    func finds(index: Int) throws {
        let row = Self.faults[index]
        let scratch = try ScratchFolder()
        let path = try Self.content(scratch) + "/" + row.file
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains(row.old))
        try text.replacing(row.old, with: row.new).write(toFile: path, atomically: true, encoding: .utf8)
        let rules = try Self.findings(scratch).map(\.rule)
        #expect(rules.contains(row.rule), "\(rules)")
    }

    @Test("finds a fixture that comes out otherwise than it says")
    func fixture() throws {
        let scratch = try ScratchFolder()
        let folder = try Self.content(scratch) + "/grader-fixtures/securing-your-image/passes"
        let files = FileManager.default
        try files.createDirectory(atPath: folder + "/submission", withIntermediateDirectories: true)
        try Data("FROM node:lts-slim\n".utf8).write(to: URL(fileURLWithPath: folder + "/submission/Dockerfile"))
        let expected = """
            {"lesson": "securing-your-image", "note": "n", "state": "passed", "checks": {"non-root-user.user": "passed"}}
            """
        try Data(expected.utf8).write(to: URL(fileURLWithPath: folder + "/expected.json"))
        let finding = try #require(try Self.findings(scratch).first { $0.rule == "FixtureOutcome" })
        #expect(finding.message.contains("`non-root-user.user` comes out failed and not passed"))
        #expect(finding.file?.hasSuffix("passes/expected.json") == true)
    }

    /// Expected lines, what is printed, and the first expected line that is not.
    static let outputs: [(expected: String, printed: String, missing: Int?)] = [
        ("a\nb\n", "a\nb\n", nil), ("a\n\nc\n", "a\nb\nc", nil), ("a  \n", "a\n", nil), ("", "", nil),
        ("b\na\n", "a\nb\n", 2), ("a\na\n", "a\n", 2), (" a\n", "a\n", 1), ("a\n", "", 1),
    ]

    @Test("takes the lines in their order and without the blanks at their ends", arguments: outputs.indices)
    func lines(index: Int) {
        let row = Self.outputs[index]
        #expect(EngineLint.missing(row.expected, in: row.printed)?.number == row.missing)
    }
}
