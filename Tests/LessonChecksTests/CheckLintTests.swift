// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Lessons
import SeaworthyTestSupport
import Testing

@testable import LessonChecks

/// What the lint notices of checks. Each row changes one thing in a lesson that is in order.
@Suite("The content lint of checks")
struct CheckLintTests {
    private static let lesson = """
        format: 1
        id: tiny
        title: A tiny lesson
        summary: Nothing much.
        steps:
          - id: one
            title: One
            file: one.md
            solution: one
            hints: [Look here.]
            checks:
              - {id: one.file, title: File, points: 1, kind: dockerfile-parses, message: No.}
              - {id: one.copy, title: Copy, points: 2, requires: [one.file], kind: copy-from-stage, path: x, message: No.}
          - id: two
            title: Two
            file: two.md
            hints: [Think.]
            questions:
              - id: q
                text: Which?
                options:
                  - {id: a, text: This, explanation: Right.}
                  - {id: b, text: That, explanation: Wrong.}
                answer: a
            checks:
              - {id: two.q, title: Answered, points: 0, kind: quiz, question: q, message: No.}

        """

    private static func findings(
        replacing old: String = "",
        with new: String = "",
        expected: String? = nil,
        hasStarter: Bool = true
    ) throws -> [Finding] {
        let scratch = try ScratchFolder()
        let text = old.isEmpty ? lesson : lesson.replacing(old, with: new)
        #expect(old.isEmpty || text != lesson, "the row changes something")
        _ = try scratch.write("lessons/tiny/lesson.yaml", text)
        _ = try scratch.write("lessons/tiny/one.md", "# One\n")
        _ = try scratch.write("lessons/tiny/two.md", "# Two\n")
        if hasStarter { _ = try scratch.write("lessons/tiny/workspace/Dockerfile", "FROM scratch\n") }
        _ = try scratch.write("solutions/tiny/one/Dockerfile", "FROM scratch\nUSER 1\n")
        if let expected {
            _ = try scratch.write("grader-fixtures/tiny/case/submission/Dockerfile", "FROM scratch\n")
            _ = try scratch.write("grader-fixtures/tiny/case/expected.json", expected)
        }
        let library = LessonLibrary(root: scratch.path, kinds: CheckKindRegistry())
        return ContentLint(library).findings(of: "tiny")
    }

    @Test("finds nothing in a lesson that is in order")
    func inOrder() throws {
        #expect(try Self.findings() == [])
    }

    @Test("finds nothing in the lessons that are shipped")
    func shipped() {
        #expect(ContentLint(CheckFixture.library()).findings() == [])
    }

    /// What is changed, the rule that objects, and where.
    static let changes: [(old: String, new: String, rule: String, line: Int, column: Int)] = [
        ("kind: quiz", "kind: quizz", "CheckKind", 26, 55),
        ("question: q,", "question: x,", "QuizQuestion", 26, 71),
        ("question: q,", "question: x,", "QuestionCheck", 19, 9),
        ("path: x,", "", "CheckParameter", 13, 9),
        ("path: x,", "path: /x,", "CheckParameter", 13, 99),
        ("path: x,", "paht: x, path: x,", "UnknownKey", 13, 93),
        ("question: q,", "question: q, met: 5,", "UnknownKey", 26, 74),
        ("    solution: one\n", "", "Solution", 6, 5),
    ]

    @Test("finds a fault in lesson.yaml and its place", arguments: changes.indices)
    func fault(index: Int) throws {
        let row = Self.changes[index]
        let findings = try Self.findings(replacing: row.old, with: row.new)
        let finding = try #require(findings.first { $0.rule == row.rule }, "\(findings)")
        #expect(finding.place?.position == SourcePosition(line: row.line, column: row.column), "\(finding)")
        #expect(finding.file?.hasSuffix("lesson.yaml") == true)
    }

    @Test("misses the starter of a lesson that judges work")
    func starter() throws {
        #expect(try Self.findings(hasStarter: false).map(\.rule) == ["Starter"])
    }

    /// What a fixture says of the checks, and whether that can be.
    static let expectations: [(state: String, checks: String, isFine: Bool)] = [
        ("passed", #""one.file":"passed","one.copy":"passed""#, true),
        ("failed", #""one.file":"failed","one.copy":"skipped""#, true),
        ("unknown", #""one.file":"passed","one.copy":"unknown""#, true),
        ("passed", #""one.file":"passed""#, false),
        ("passed", #""one.file":"passed","one.copy":"failed""#, false),
        ("failed", #""one.file":"failed","one.copy":"failed""#, false),
        ("failed", #""one.file":"passed","one.copy":"skipped""#, false),
        ("passed", #""one.file":"passed","one.copy":"passed","two.q":"passed""#, false),
        ("passed", #""one.file":"passed","one.copy":"passed","one.none":"passed""#, false),
    ]

    @Test(
        "holds a fixture's expectation against the checks that a submission is held to",
        arguments: expectations.indices
    )
    func expectation(index: Int) throws {
        let row = Self.expectations[index]
        let json = #"{"lesson":"tiny","note":"n","state":"\#(row.state)","checks":{\#(row.checks)}}"#
        let findings = try Self.findings(expected: json)
        #expect(findings.contains { $0.rule == "FixtureExpectation" } != row.isFine, "\(findings)")
        #expect(findings.contains { $0.rule == "FixtureCoverage" && $0.severity == .warning })
    }
}
