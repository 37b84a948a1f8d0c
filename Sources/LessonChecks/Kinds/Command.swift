// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// A command was run in the lesson's shell and ended well.
enum Command: CheckKind {
    static let name = "command"
    static let claim = "A command was run in the lesson's shell and ended well."
    static let needs: Set<CheckNeed> = [.commands]
    static let example = "command: docker scout quickview"

    struct Parameters: CheckParameters {
        private static let commandKey = CheckParameter.text(
            "command",
            "How the command line begins, word by word."
        )
        static let documentation = [commandKey.required]

        let command: Placed<String>

        init(_ reader: ParameterReader) throws(ParameterProblem) {
            command = try reader.value(Self.commandKey)
        }
    }

    static func judge(_ parameters: Parameters, _ input: CheckInput) throws -> Judgement {
        let words = parameters.command.value.split(separator: " ")
        let runs = (input.record?.commands ?? []).filter { $0.line.split(separator: " ").starts(with: words) }
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
