// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Testing

/// What the lint notices. Each row changes one thing in a lesson that is in order.
@Suite struct LessonLintTests {
    @Test func `a lesson that is in order gives no finding`() throws {
        #expect(try Scratch.tiny().lint() == [])
    }

    static let changes: [(old: String, new: String, rule: String)] = [
        ("id: tiny", "id: other", "LessonID"),
        ("  - id: two", "  - id: one", "UniqueID"),
        ("  - id: two", "  - id: Two!", "StepID"),
        ("id: one.user", "id: one.file", "UniqueID"),
        ("id: one.user", "id: user", "CheckID"),
        ("hints: [Think.]", "hints: []", "StepHints"),
        ("hints: [Think.]", "hints: ['  ']", "StepHints"),
        ("hints: [Think.]", "hints: [Think., Think.]", "StepHints"),
        ("answer: a", "answer: c", "QuestionAnswer"),
        ("- {id: b, text: That", "- {id: a, text: That", "UniqueID"),
        ("sure: true", "advisory: true", "AdvisoryPoints"),
        ("requires: [one.file]", "requires: [one.missing]", "RequiredCheck"),
        ("requires: [one.file]", "requires: [two.q]", "RequiredCheck"),
        ("requires: [one.file]", "requires: [one.user]", "RequirementCycle"),
        ("file: one.md", "file: missing.md", "StepFile"),
        ("file: one.md", "file: ../../etc/passwd", "StepFile"),
        ("file: one.md", "file: /etc/passwd", "StepFile"),
        ("file: one.md", "file: two.md", "StrayFile"),
        ("    solution: one\n", "", "StrayFile"),
        ("solution: one", "solution: other", "Solution"),
        ("solution: one", "solution: ../tiny/one", "Solution"),
    ]

    @Test(arguments: changes.indices)
    func `a fault in lesson.yaml is found`(index: Int) throws {
        let change = Self.changes[index]
        let findings = try Scratch.tiny(replacing: change.old, with: change.new).lint("tiny")
        #expect(findings.contains { $0.rule == change.rule }, "\(change.new): \(findings)")
    }

    static let texts: [(text: String, rule: String, line: Int?)] = [
        ("# A\n\n```bash\nx\n", "FenceClosed", 3),
        ("# A\n\n```bash\nx\n    ```\n", "FenceClosed", 3),
        ("```bash\n\n```\n", "FenceEmpty", 1),
        ("```bash save-as=../x\nx\n```\n", "SaveAs", 1),
        ("```bash save-as=/etc/x\nx\n```\n", "SaveAs", 1),
        ("```bash no-copy-buton\nx\n```\n", "FenceWord", 1),
        ("```text no-copy-button\nx\n" + String(repeating: "─", count: 101) + "\n```\n", "OutputWidth", 3),
        ("```text no-copy-button\n" + String(repeating: "日", count: 51) + "\n```\n", "OutputWidth", 2),
        ("a [b](missing.md)\n", "LinkTarget", 1),
        ("a\r\n\r\n![b](../other/x.png)\r\n", "LinkTarget", 3),
        ("  \n", "StepFile", 1),
    ]

    @Test(arguments: texts.indices)
    func `a fault in a text is found at its line`(index: Int) throws {
        let row = Self.texts[index]
        let scratch = try Scratch.tiny()
        try scratch.write("lessons/tiny/two.md", row.text)
        let finding = scratch.lint("tiny").first { $0.rule == row.rule }
        #expect(finding?.range?.start.line == row.line, "\(scratch.lint("tiny"))")
        #expect(finding?.file?.hasSuffix("two.md") == true)
    }

    @Test(arguments: [
        "[a](https://x.y)", "[a](#part)", "[a](one.md#part)", "`[a](missing.md)`", "``` `[a](missing.md)` ```",
        "\\](missing.md)", "```text no-copy-button\n" + String(repeating: "─", count: 100) + "\n```",
        "```bash\n" + String(repeating: "x", count: 300) + "\n```", "```yaml save-as=a/b.yaml highlight=1,3-5\nx\n```",
    ])
    func `what is right is left alone`(text: String) throws {
        let scratch = try Scratch.tiny()
        try scratch.write("lessons/tiny/two.md", "# Two\n\n" + text + "\n")
        #expect(scratch.lint("tiny") == [])
    }

    @Test func `a long ring of requirements is found without running out of stack`() throws {
        let count = 2_000
        let checks = (0..<count).map { index in
            "      - {id: one.c\(index), title: t, points: 0, kind: k, message: m, requires: [one.c\((index + 1) % count)]}"
        }
        let scratch = try Scratch()
        let head =
            "format: 1\nid: ring\ntitle: t\nsummary: s\nsteps:\n  - id: one\n    title: t\n    file: one.md\n    hints: [h]\n    checks:\n"
        try scratch.write("lessons/ring/lesson.yaml", head + checks.joined(separator: "\n") + "\n")
        try scratch.write("lessons/ring/one.md", "# One\n")
        #expect(scratch.lint("ring").map(\.rule) == ["RequirementCycle"])
    }

    @Test func `an empty starter and a link in a solution are found`() throws {
        let scratch = try Scratch.tiny()
        try FileManager.default.removeItem(at: scratch.root.appendingPathComponent("lessons/tiny/workspace/Dockerfile"))
        let link = scratch.root.appendingPathComponent("solutions/tiny/one/link")
        try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "/etc/passwd")
        #expect(Set(scratch.lint("tiny").map(\.rule)) == ["Starter", "PlainFiles"])
    }

    /// A fixture's expectation, and whether its form is right; what it says of checks is held against them elsewhere.
    static let expectations: [(json: String, isFine: Bool)] = [
        (#"{"lesson":"tiny","note":"n","state":"passed","checks":{"one.file":"passed","one.user":"passed"}}"#, true),
        (#"{"lesson":"tiny","note":"n","state":"passed","checks":{"one.file":"passed"}}"#, true),
        (#"{"lesson":"else","note":"n","state":"passed","checks":{"one.file":"passed","one.user":"passed"}}"#, false),
        (#"{"lesson":"tiny","note":"n","state":"failed","checks":{"one.file":"passed","one.user":"maybe"}}"#, false),
        ("{", false), ("[]", false), ("", false),
    ]

    @Test(arguments: expectations.indices)
    func `the form of an expectation is looked at`(index: Int) throws {
        let row = Self.expectations[index]
        let scratch = try Scratch.tiny()
        try scratch.write("grader-fixtures/tiny/case/submission/Dockerfile", "FROM scratch\n")
        try scratch.write("grader-fixtures/tiny/case/expected.json", row.json)
        let findings = scratch.lint("tiny")
        #expect(findings.contains { $0.rule == "FixtureExpectation" } != row.isFine, "\(findings)")
    }
}
