// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Lessons

/// A command was run in the lesson's shell and ended well.
enum CommandRan: CheckKind {
    static let name = "command"

    static func judge(_ check: LessonCheck, _ context: CheckContext) throws -> Judgement {
        guard let wanted = check.text("command") else { throw CheckContext.missing("command", check) }
        let words = wanted.split(separator: " ")
        let runs = (context.record?.commands ?? []).filter { $0.line.split(separator: " ").starts(with: words) }
        if let run = runs.last(where: { $0.exitCode == 0 }) {
            return Judgement(
                .passed,
                "You ran `\(run.line)`.",
                evidence: [Evidence(kind: .command, detail: run.line)]
            )
        }
        if let run = runs.last {
            return Judgement(
                .failed,
                "`\(run.line)` ended with exit code \(run.exitCode).",
                found: "Exit code \(run.exitCode)",
                evidence: [Evidence(kind: .command, detail: run.line)]
            )
        }
        return Judgement(.failed)
    }
}
