// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import DockerfileSyntax
import SymbolicBuild

/// The final image stands on a runtime variant of a Docker Hardened Image.
enum FinalBase: CheckKind {
    static let name = "final-base"
    static let claim = "The final image stands on a runtime variant of a Docker Hardened Image."
    static let needs: Set<CheckNeed> = [.work]

    static func judge(_ parameters: NoParameters, _ input: CheckInput) throws -> Judgement {
        guard let work = input.work else { return input.noDockerfile }
        guard let final = work.outcome.graph.target else { return work.noFinalStage }
        let range = work.outcome.graph.stages.first { $0.index == final }?.instruction.range
        let evidence = range.map { [work.evidence($0, "the final stage")] } ?? []
        guard let root = work.rootBase(final) else {
            return work.noImage(final, "The final stage", evidence)
        }
        guard let image = input.facts.hardenedImage(root.reference) else {
            return Judgement(
                .failed,
                "The final stage starts from \(root.text), which is no Docker Hardened Image.",
                found: "FROM \(root.text)",
                diff: work.outcome.graph.built.lazy.filter { $0 != final }
                    .compactMap { work.hardenedText(of: $0, input.facts, isBuild: false) }.first
                    .flatMap { work.diff(replacingBaseOf: final, with: $0) },
                evidence: evidence
            )
        }
        guard !image.isBuildVariant else {
            return Judgement(
                .failed,
                "The final stage starts from \(root.text), a build variant with shell and package manager.",
                found: "FROM \(root.text)",
                fix: "Take `-dev` off the tag of the last FROM.",
                diff: root.text.hasSuffix("-dev")
                    ? work.diff(replacingBaseOf: final, with: String(root.text.dropLast(4))) : nil,
                evidence: evidence
            )
        }
        guard image.isListed else { return HardenedTag.unlisted("The final stage", root.text, image.tag, evidence) }
        return Judgement(
            .passed,
            "The final stage starts from \(root.text), a hardened runtime image.",
            found: "FROM \(root.text)",
            evidence: evidence
        )
    }
}

/// What there is to say of a hardened image's tag that no catalog lists.
enum HardenedTag {
    static func unlisted(_ subject: String, _ text: String, _ tag: String?, _ evidence: [Evidence]) -> Judgement {
        let why =
            tag.map { "the tag \($0) is not in the recorded catalog, so it may not exist" }
            ?? "without a tag it does not say which variant it is"
        return Judgement(
            .unknown,
            "\(subject) starts from \(text). That is the name of a Docker Hardened Image, but \(why).",
            found: "FROM \(text)",
            fix: "Use a tag of the catalog, such as `24-alpine3.22`, or the same with `-dev` for the build stage.",
            evidence: evidence
        )
    }
}
