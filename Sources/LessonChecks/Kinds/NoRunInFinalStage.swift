// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import SymbolicBuild

/// The final stage has no RUN.
enum NoRunInFinalStage: CheckKind {
    static let name = "no-run-in-final-stage"
    static let claim = "The final stage has no `RUN`."
    static let needs: Set<CheckNeed> = [.work]

    static func judge(_ parameters: NoParameters, _ input: CheckInput) throws -> Judgement {
        guard let work = input.work else { return input.noDockerfile }
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
            diff: moved(runs, work),
            evidence: runs.map { work.evidence($0.range, $0.original) }
        )
    }

    /// The change that moves a RUN to the end of the stage that the last one copies from; nil when there is none such.
    private static func moved(_ runs: [Instruction], _ work: WorkEvidence) -> String? {
        guard runs.count == 1, let run = runs.first, let edit = DockerfileEdit(work),
            let builder = work.outcome.graph.stages.last(where: { work.isCopiedFrom($0.index) }),
            builder.index < (work.outcome.graph.target ?? 0)
        else { return nil }
        let last = (builder.instructions.last ?? builder.instruction).range.lastLine
        let lines = (run.startLine...run.range.lastLine).map { work.line($0) }
        // The later line first: what is above it keeps its number.
        return edit.replacing(run.startLine, through: run.range.lastLine, with: [])?
            .inserting(lines, behind: last)?.diff
    }
}
