// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import SymbolicBuild

/// The Dockerfile can be read to its end.
enum DockerfileParses: CheckKind {
    static let name = "dockerfile-parses"
    static let claim = "The Dockerfile can be read to its end."
    static let needs: Set<CheckNeed> = [.work]

    static func judge(_ parameters: NoParameters, _ input: CheckInput) throws -> Judgement {
        guard let work = input.work else { return input.noDockerfile }
        let errors = work.outcome.errors
        guard let first = errors.first else {
            let count = work.outcome.dockerfile.instructions.count
            return Judgement(
                .passed,
                "\(work.path) can be read: \(count) instructions.",
                evidence: [Evidence(kind: .dockerfile, in: work.path, detail: "\(count) instructions")]
            )
        }
        let shown = errors.prefix(20)
        let lines = shown.map { "\(work.path):\($0.range.start.line):\($0.range.start.column): \($0.message)" }
        return Judgement(
            .failed,
            errors.count == 1
                ? "There is one error: \(lines[0])."
                : "There are \(errors.count) errors: \(lines.joined(separator: "; ")).",
            found: first.message,
            fix: "Mend line \(first.range.start.line); until then there is no image to judge.",
            evidence: shown.map { work.evidence($0.range, $0.message) }
        )
    }
}
