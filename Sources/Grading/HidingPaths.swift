// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Judgements

/// Takes the host's folders out of texts: a grade says the same wherever it was made.
struct HidingPaths {
    private let folders: [String]
    private let files: Set<String>

    /// Names the folders that must not show, as they are written and as they resolve.
    ///
    /// - Parameter file: a file that shows by its name alone.
    init(_ folders: [String?], file: String? = nil) {
        let folders = folders + [file]
        files = Set([file, file.flatMap(HostPath.real)].compactMap { $0 })
        // A relative name such as `src` could be part of what somebody wrote.
        let named = folders.compactMap { $0 }.filter { $0.hasPrefix("/") && $0.count > 1 }
        self.folders = Set(named + named.compactMap(HostPath.real)).filter { $0.count > 1 }
            .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }

    /// The text with paths below the folders made relative.
    func callAsFunction(_ text: String) -> String {
        var text = text
        for folder in folders where text.contains(folder) {
            text = text.replacing(folder + "/", with: "")
                .replacing(folder, with: files.contains(folder) ? SubmissionName.clean(HostName.last(of: folder)) : ".")
        }
        return text
    }

    func callAsFunction(_ reason: SubmissionGrade.Reason) -> SubmissionGrade.Reason {
        SubmissionGrade.Reason(code: reason.code, message: self(reason.message), fix: reason.fix.map { self($0) })
    }

    func callAsFunction(_ report: StepReport) -> StepReport {
        StepReport(lesson: report.lesson, step: report.step, checks: report.checks.map { self($0) })
    }

    private func callAsFunction(_ check: CheckResult) -> CheckResult {
        CheckResult(
            id: check.id,
            title: check.title,
            state: check.state,
            points: check.points,
            maxPoints: check.maxPoints,
            message: self(check.message),
            expected: check.expected.map { self($0) },
            found: check.found.map { self($0) },
            fix: check.fix.map { self($0) },
            diff: check.diff.map { self($0) },
            evidence: check.evidence.map {
                Evidence(
                    kind: $0.kind,
                    file: $0.file.map { self($0) },
                    line: $0.line,
                    endLine: $0.endLine,
                    detail: self($0.detail)
                )
            },
            isAdvisory: check.isAdvisory,
            blockedBy: check.blockedBy
        )
    }
}
