// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import SymbolicBuild

/// The stage that installs the dependencies starts from a build variant of a Docker Hardened Image.
enum StageBase: CheckKind {
    static let name = "stage-base"
    static let claim =
        "The stage that installs the dependencies starts from a build variant of a Docker Hardened Image."
    static let needs: Set<CheckNeed> = [.work]
    static let example = "lock: package-lock.json"

    struct Parameters: CheckParameters {
        private static let lockKey = CheckParameter.relativePath(
            "lock",
            "The lock file of npm whose packages are the dependencies; any package is one when left out."
        )
        static let documentation = [lockKey.optional]

        let lock: String?

        init(_ reader: ParameterReader) throws(ParameterProblem) {
            lock = try reader.optional(Self.lockKey)?.value
        }
    }

    static func judge(_ parameters: Parameters, _ input: CheckInput) throws -> Judgement {
        guard let work = input.work else { return input.noDockerfile }
        guard let final = work.outcome.graph.target else { return work.noFinalStage }
        let graph = work.outcome.graph
        let others = graph.built.filter { $0 != final }.compactMap { index in graph.stages.first { $0.index == index } }
        guard !others.isEmpty else { return alone(graph, final, work) }
        let installers = others.filter { installs($0, work) }
        let copied = others.filter { work.isCopiedFrom($0.index) }
        // Of several that install, the one whose packages get into the image counts.
        let best = installers.last { stage in copied.contains { $0.index == stage.index } }
        // Where the packages of the image are known, the stages that made them count, and of several one that is wrong.
        let makers = makers(parameters.lock, work)
        if makers == [final] { return nothingInstalled(others, final, work) }
        let made = others.filter { makers.contains($0.index) }
        let wrong = made.first { stage in
            work.rootBase(stage.index).flatMap { input.facts.hardenedImage($0.reference) }?.isBuildVariant != true
        }
        guard let stage = wrong ?? made.last ?? best ?? installers.last ?? copied.last ?? others.last else {
            return work.noFinalStage
        }
        let name = work.stageName(stage.index).sentenceStart
        let root = work.rootBase(stage.index)
        let evidence = [work.evidence(stage.instruction.range, stage.instruction.original)]
        guard let root else {
            return work.noImage(stage.index, name, evidence)
        }
        guard let image = input.facts.hardenedImage(root.reference) else {
            return Judgement(
                .failed,
                "\(name) starts from \(root.text), which is no Docker Hardened Image.",
                found: "FROM \(root.text)",
                diff: work.hardenedText(of: final, input.facts, isBuild: true)
                    .flatMap { work.diff(replacingBaseOf: stage.index, with: $0) },
                evidence: evidence
            )
        }
        guard image.tag != nil else { return HardenedTag.unlisted(name, root.text, nil, evidence) }
        guard image.isBuildVariant else {
            return Judgement(
                .failed,
                "\(name) starts from \(root.text), the runtime variant: it has no npm and no shell.",
                found: "FROM \(root.text)",
                fix: "Add `-dev` to its tag.",
                diff: work.diff(replacingBaseOf: stage.index, with: root.text + "-dev"),
                evidence: evidence
            )
        }
        guard image.isListed else { return HardenedTag.unlisted(name, root.text, image.tag, evidence) }
        guard !installers.isEmpty || !made.isEmpty else { return nothingInstalled(others, final, work) }
        return Judgement(
            .passed,
            "\(name) starts from \(root.text), a build variant.",
            found: "FROM \(root.text)",
            evidence: evidence
        )
    }

    /// What is so where nothing but the last stage is built.
    private static func alone(_ graph: StageGraph, _ final: Int, _ work: WorkEvidence) -> Judgement {
        if let unused = graph.stages.first(where: { $0.index != final }) {
            let name = work.stageName(unused.index)
            let last = graph.stages.first { $0.index == final }?.name
            let isAboveItsSource = unused.instructions.contains { instruction in
                guard case .copy(let copy) = instruction.content, let from = copy.from else { return false }
                return from.lowercased() == last || from == String(final)
            }
            if isAboveItsSource {
                return Judgement(
                    .failed,
                    "The last stage makes the image, and that is \(work.stageName(final)), the one that installs.",
                    found: "\(name.sentenceStart) above the stage that it copies from",
                    fix: "Move \(name) to the end of the Dockerfile.",
                    evidence: [work.evidence(unused.instruction.range, unused.instruction.original)]
                )
            }
            return Judgement(
                .failed,
                "Nothing of \(name) gets into the image: the last stage copies nothing from it, so it is not even built.",
                found: "A build stage that the last stage does not use",
                fix:
                    "Fetch what \(name) makes with `COPY --from=\(unused.name ?? String(unused.index))` in the last stage.",
                evidence: [work.evidence(unused.instruction.range, unused.instruction.original)]
            )
        }
        return Judgement(
            .failed,
            "There is one stage only; the packages are installed in the stage that becomes the image.",
            found: "One stage",
            evidence: graph.stages.first.map { [work.evidence($0.instruction.range, "the only stage")] } ?? []
        )
    }

    /// Whether a stage installs packages: its files tell, or its words where the files are not known.
    private static func installs(_ stage: Stage, _ work: WorkEvidence) -> Bool {
        guard work.outcome.problem == nil, let state = work.outcome.stages[stage.index] else {
            return mentionsManager(stage)
        }
        let hasPackages = state.layers.contains { layer in
            layer.copied == nil
                && layer.changes.contains { change in
                    change.node != nil && change.path.name == packageFile && change.path.components.contains(modules)
                }
        }
        return hasPackages || mentionsManager(stage) && state.isDoubted(.files)
    }

    /// The stages whose commands made the packages that the final image has; empty where it has none, or was not built.
    private static func makers(_ lock: String?, _ work: WorkEvidence) -> Set<Int> {
        guard work.outcome.problem == nil, let target = work.finalState else { return [] }
        let wanted = lock.flatMap { LockedPackages($0, work) }.map { Set($0.names) }
        var result: Set<FileOrigin> = []
        target.tree.walk { path, node in
            if path.name == packageFile, let origin = node.origin, !result.contains(origin),
                let start = path.components.lastIndex(of: modules)
            {
                let name = path.components[(start + 1)...].dropLast().map { String(decoding: $0, as: UTF8.self) }
                if wanted?.contains(name.joined(separator: "/")) ?? true { result.insert(origin) }
            }
            return true
        }
        let made = result.filter { origin in
            work.outcome.stages[origin.stage]?.layers.contains {
                $0.range.start.line == origin.line && $0.copied == nil
            } == true
        }
        return Set(made.map(\.stage))
    }

    private static let modules = Array("node_modules".utf8)
    private static let packageFile = Array("package.json".utf8)

    /// Whether a stage has a RUN that mentions a package manager.
    private static func mentionsManager(_ stage: Stage) -> Bool {
        stage.instructions.contains { instruction in
            guard case .run = instruction.content else { return false }
            let words = instruction.original.split { !($0.isLetter || $0.isNumber || "-_./".contains($0)) }
            return words.contains { ["npm", "yarn", "pnpm", "corepack"].contains($0.split(separator: "/").last ?? $0) }
        }
    }

    /// There are stages enough, and none of those that the image is made from installs anything.
    private static func nothingInstalled(_ others: [Stage], _ final: Int, _ work: WorkEvidence) -> Judgement {
        if let stage = others.last(where: {
            work.outcome.stages[$0.index]?.isDoubted(.files) ?? true
        }) {
            return Judgement(
                .unknown,
                "Whether \(work.stageName(stage.index)) installs the packages is not known.",
                evidence: [work.evidence(stage.instruction.range, stage.instruction.original)]
            )
        }
        let installsLast = work.finalChain.contains { installs($0, work) }
        return Judgement(
            .failed,
            installsLast
                ? "The packages are installed in \(work.stageName(final)), which becomes the image."
                : "No stage that the image is made from installs the packages.",
            found: installsLast ? "Packages installed in \(work.stageName(final))" : "No `npm ci` in a build stage",
            fix: "Copy `package*.json` into the build stage and run `npm ci --production` there.",
            evidence: others.suffix(1).map { work.evidence($0.instruction.range, $0.instruction.original) }
        )
    }
}

extension String {
    /// The text with a capital in front.
    var sentenceStart: String { prefix(1).uppercased() + dropFirst() }
}
