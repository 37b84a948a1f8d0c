// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import DockerfileSyntax
import Lessons
import SymbolicBuild

/// The final image stands on a runtime variant of a Docker Hardened Image.
enum FinalBase: CheckKind {
    static let name = "final-base"

    static func judge(_ check: LessonCheck, _ context: CheckContext) throws -> Judgement {
        guard let work = context.work else { return context.noDockerfile }
        guard let final = work.outcome.graph.target else { return work.noFinalStage }
        let range = work.outcome.graph.stages.first { $0.index == final }?.instruction.range
        let proof = range.map { [work.evidence($0, "the final stage")] } ?? []
        guard let root = work.rootBase(final) else {
            return work.noImage(final, "The final stage", proof)
        }
        guard let image = context.facts.hardenedImage(root.reference) else {
            return Judgement(
                .failed,
                "The final stage starts from \(root.text), which is no Docker Hardened Image.",
                found: "FROM \(root.text)",
                evidence: proof
            )
        }
        guard !image.isBuildVariant else {
            return Judgement(
                .failed,
                "The final stage starts from \(root.text), a build variant with shell and package manager.",
                found: "FROM \(root.text)",
                fix: "Take `-dev` off the tag of the last FROM.",
                evidence: proof
            )
        }
        return Judgement(
            .passed,
            "The final stage starts from \(root.text), a hardened runtime image.",
            found: "FROM \(root.text)",
            evidence: proof
        )
    }
}
