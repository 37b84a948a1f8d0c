// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import Lessons
import SymbolicBuild

/// The final stage has no RUN.
enum NoRunInFinalStage: CheckKind {
    static let name = "no-run-in-final-stage"

    static func judge(_ check: LessonCheck, _ context: CheckContext) throws -> Judgement {
        guard let work = context.work else { return context.noDockerfile }
        guard let stage = work.finalChain.first else { return work.noFinalStage }
        let runs = stage.instructions.filter { $0.keyword == .run }
        guard let first = runs.first else {
            return Judgement(
                .passed,
                "The final stage runs no command.",
                evidence: [work.evidence(stage.instruction.range, "no RUN")]
            )
        }
        return Judgement(
            .failed,
            "The final stage runs a command on line \(first.startLine).",
            found: first.original,
            evidence: runs.map { work.evidence($0.range, $0.original) }
        )
    }
}
