// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import LessonChecks
import Lessons
import Workbench

/// `seaworthy lesson lint`: what is wrong with lessons, their solutions and their fixtures.
struct LessonLintCommand: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Find what is wrong with lessons, their solutions and their fixtures.",
        discussion: "Exits with 1 when there is an error; warnings alone are 0."
    )

    @Argument(help: "The lesson; all of them when none is named.")
    var lesson: String?

    @Flag(
        name: .customLong("judge"),
        help: "Also judge starters, solutions and fixtures, and hold expected output against what is printed."
    )
    var judges = false

    @Flag(help: "Print one JSON document: an array of findings.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let library = try runtime.workbench.lessons()
        if let lesson, !library.lessonIDs.contains(lesson) {
            throw Failure(
                .noInput,
                "there is no such lesson",
                at: .name(lesson),
                fix: "the lessons are: \(library.lessonIDs.joined(separator: ", "))"
            )
        }
        let findings = try (lesson.map { [$0] } ?? library.lessonIDs).flatMap {
            try self.findings(of: $0, library, runtime)
        }
        if json {
            try runtime.console.print(json: findings.map(LintDocument.init))
        } else {
            for finding in findings { runtime.console.print(Self.text(finding).harmless) }
            let errors = findings.count { $0.severity == .error }
            let names = lesson ?? library.lessonIDs.joined(separator: ", ")
            runtime.console.remark(
                findings.isEmpty
                    ? "\(names.harmless): nothing is wrong."
                    : "\(findings.count) findings, \(errors) of them errors."
            )
        }
        return findings.contains { $0.severity == .error } ? .notPassed : .success
    }

    private func findings(of id: String, _ library: LessonLibrary, _ runtime: Runtime) throws -> [Finding] {
        let findings = ContentLint(library).findings(of: id)
        // What cannot be used cannot be judged either, and that is said already.
        guard judges, !findings.contains(where: { $0.severity == .error }) else { return findings }
        let lesson = try library.lesson(id)
        let judge = try runtime.workbench.judge(lesson, limits: .submission)
        return findings + (try EngineLint(lesson, in: library, judge: judge, limits: .submission).findings())
    }

    /// `file:line:column: severity: message [rule]`, as compilers write it.
    static func text(_ finding: Finding) -> String {
        var place = finding.file ?? ""
        if let start = finding.range?.start { place += ":\(start.line):\(start.column)" }
        var text = place.isEmpty ? "" : place + ": "
        text += "\(finding.severity.rawValue): \(finding.message) [\(finding.rule)]"
        if let fix = finding.fix { text += "\n  → \(fix)" }
        return text
    }

    /// A finding in the shape of `dockerfile lint --format json`.
    private struct LintDocument: Encodable {
        let rule: String
        let severity: String
        let message: String
        let file: String?
        let line: Int?
        let endLine: Int?
        let column: Int?
        let fix: String?
        let url: String?

        init(_ finding: Finding) {
            rule = finding.rule
            severity = finding.severity.rawValue
            message = finding.message
            file = finding.file
            line = finding.range?.start.line
            endLine = finding.range?.lastLine
            column = finding.range?.start.column
            fix = finding.fix
            url = finding.url
        }
    }
}
