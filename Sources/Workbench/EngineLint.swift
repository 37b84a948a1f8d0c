// SPDX-License-Identifier: Apache-2.0

package import Diagnostics
import Judgements
package import LessonChecks
package import Lessons
import Reporting
import Workspaces

/// What is wrong with a lesson that shows only when the engine runs: starters that pass, solutions that do not, fixtures that
/// come out otherwise than they say, and expected output that is not what is printed.
package struct EngineLint {
    private let library: LessonLibrary
    private let lesson: Lesson
    private let judge: StepJudge
    private let limits: Limits

    package init(_ lesson: Lesson, in library: LessonLibrary, judge: StepJudge, limits: Limits) {
        self.lesson = lesson
        self.library = library
        self.judge = judge
        self.limits = limits
    }

    /// All of it, in the order of steps and fixtures.
    ///
    /// - Throws: a `Failure` when the content cannot be read or judged at all.
    package func findings() throws -> [Finding] {
        var findings: [Finding] = []
        if let folder = library.starter(of: lesson.id) {
            let starter = try WorkFiles(reading: folder, limits: limits)
            var files = starter
            for step in lesson.steps {
                if let folder = library.solutionFolder(of: step, in: lesson) {
                    files = starter.overlaid(with: try WorkFiles(reading: folder, limits: limits))
                    findings += try solution(step, files)
                }
                findings += try beginning(step, starter) + output(step, files)
            }
        }
        return try findings + fixtures()
    }

    /// The reports of the steps that are judged by work, by step.
    private func reports(_ files: WorkFiles) throws -> [String: StepReport] {
        let reports = try judge.judgeSubmission(files).map { ($0.step, $0) }
        return Dictionary(reports) { first, _ in first }
    }

    private func beginning(_ step: LessonStep, _ starter: WorkFiles) throws -> [Finding] {
        guard step.workChecks.contains(where: { !$0.isAdvisory }), try reports(starter)[step.id]?.state == .passed
        else { return [] }
        return [
            Finding(
                rule: "StarterFails",
                message: "The starter passes the step `\(step.id)`, so there is nothing to do in it.",
                at: step.place
            )
        ]
    }

    private func solution(_ step: LessonStep, _ files: WorkFiles) throws -> [Finding] {
        let checks = try reports(files)[step.id]?.checks ?? []
        return checks.filter { !$0.isAdvisory && $0.state != .passed }.map { check in
            Finding(
                rule: "SolutionPasses",
                message: "The solution of `\(step.id)` does not pass `\(check.id)`: \(check.message)",
                at: lesson.check(check.id)?.place ?? step.place
            )
        }
    }

    private func fixtures() throws -> [Finding] {
        try library.fixtures(of: lesson.id).flatMap { fixture in
            let checks = try judge.judgeSubmission(WorkFiles(reading: fixture.submission, limits: limits))
                .flatMap(\.checks)
            let states = Dictionary(checks.map { ($0.id, $0) }) { first, _ in first }
            return fixture.expected.checks.sorted { $0.key < $1.key }.compactMap { id, expected -> Finding? in
                let found = states[id]
                guard found?.state.rawValue != expected else { return nil }
                return Finding(
                    rule: "FixtureOutcome",
                    message: "`\(id)` comes out \(found?.state.rawValue ?? "not judged") and not \(expected)"
                        + (found.map { ": \($0.message)" } ?? "."),
                    at: .file(fixture.expectationFile)
                )
            }
        }
    }
}

// MARK: - Expected output

extension EngineLint {
    /// Holds the blocks that show a Dockerfile or the output of `docker scout quickview` against the files of the step.
    private func output(_ step: LessonStep, _ files: WorkFiles) throws -> [Finding] {
        var findings: [Finding] = []
        var command = ""
        for block in try library.codeBlocks(of: step, in: lesson) {
            if block.isRunnable { command = block.content }
            guard !block.isCopyable else { continue }
            let printed: String
            switch block.language {
            case "dockerfile":
                printed = String(decoding: try files.bytes(of: "Dockerfile", limit: limits.entryBytes), as: UTF8.self)
            case "plaintext" where command.contains("scout quickview"):
                guard let report = try judge.predictedImage(of: files) else { continue }
                printed = ScoutText.quickview(report)
            default: continue
            }
            guard let line = Self.missing(block.content, in: printed) else { continue }
            let text = line.text
            findings.append(
                Finding(
                    rule: "ExpectedOutput",
                    message: "This line is not what is printed: `\(text)`",
                    at: .file(
                        library.folder(of: lesson.id) + "/" + step.file,
                        line: block.line + line.number,
                        column: 1
                    )
                )
            )
        }
        return findings
    }

    /// The first line, counted from 1, that does not stand in a text behind the lines before it; blanks at the end do not count.
    static func missing(_ expected: String, in printed: String) -> (number: Int, text: String)? {
        func lines(_ text: String) -> [String] {
            text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                String(line.reversed().drop { $0 == " " }.reversed())
            }
        }
        var left = lines(printed)[...]
        for (index, line) in lines(expected).enumerated() where !line.isEmpty {
            guard let found = left.firstIndex(of: line) else { return (index + 1, line) }
            left = left[(found + 1)...]
        }
        return nil
    }
}
