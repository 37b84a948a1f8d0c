// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import OCISpec
import SymbolicBuild

/// A folder of the final image comes from another stage with `COPY --from`, and is whole when it arrives.
///
/// Where the copy was built, the files decide; where the build did not get that far or the stage is not fully known, the words do.
enum CopyFromStage: CheckKind {
    static let name = "copy-from-stage"
    static let claim =
        "A folder of the final image comes from another stage with `COPY --from`, and is whole when it arrives."
    static let needs: Set<CheckNeed> = [.work]
    static let example = "path: node_modules\nlock: package-lock.json"

    struct Parameters: CheckParameters {
        private static let pathKey = CheckParameter.relativePath(
            "path",
            "The folder's name, maybe with folders in front."
        )
        private static let lockKey = CheckParameter.relativePath(
            "lock",
            "The lock file of npm whose packages the folder has to hold; any content will do when left out."
        )
        static let documentation = [pathKey.required, lockKey.optional]

        let path: Placed<String>
        let lock: String?

        init(_ reader: ParameterReader) throws(ParameterProblem) {
            path = try reader.value(Self.pathKey)
            lock = try reader.optional(Self.lockKey)?.value
        }
    }

    static func judge(_ parameters: Parameters, _ input: CheckInput) throws -> Judgement {
        guard let work = input.work else { return input.noDockerfile }
        let path = parameters.path.value
        guard !work.finalChain.isEmpty else { return work.noFinalStage }
        let folder = CopiedFolder(path, work)
        var near: Judgement?
        for stage in work.finalChain {
            for instruction in stage.instructions {
                guard case .copy(let copy) = instruction.content else { continue }
                let found = folder.outcome(of: copy, instruction, in: stage)
                if case .comes(let from, let within) = found {
                    let brought = arrival(folder, parameters.lock, instruction, from, within, work)
                    if brought.verdict == .passed { return brought }
                    near = near ?? brought
                    continue
                }
                near = near ?? failure(found, instruction, folder, work)
            }
        }
        if let near { return near }
        return Judgement(
            .failed,
            found: "No COPY --from for \(path)",
            fix: folder.line.map { "Add `\($0)` to the last stage." },
            diff: folder.diff(replacing: nil),
            evidence: work.finalChain.prefix(1).map {
                work.evidence($0.instruction.range, "the last stage, without COPY --from for \(path)")
            }
        )
    }

    /// Right when the folder holds the packages of the lock file, or when none are asked for.
    private static func arrival(
        _ folder: CopiedFolder,
        _ lock: String?,
        _ instruction: Instruction,
        _ from: Int,
        _ within: String?,
        _ work: WorkEvidence
    ) -> Judgement {
        let proof = [work.evidence(instruction.range, instruction.original)]
        let stage = work.stageName(from)
        if let lock, let target = work.finalState, let packages = LockedPackages(lock, work) {
            let places = folder.places(of: instruction)
            let missing = places.map { packages.missing(inModules: $0, of: target.tree) }.min { $0.count < $1.count }
            let isUnseen = missing == nil && !packages.folders.isEmpty && work.outcome.problem == nil
            if let missing = isUnseen ? packages.names : missing, !missing.isEmpty {
                let what = "\(LockedPackages.sentence(missing)) not in it"
                let isDoubted = target.unknowns.contains { unknown in
                    places.isEmpty ? unknown.touches(.files) : places.contains { unknown.mayTouch($0.description) }
                }
                if isDoubted {
                    return Judgement(
                        .unknown,
                        "\(folder.path) comes from \(stage), but it is not known what is in it: \(what) as far as can be told.",
                        found: instruction.original,
                        evidence: proof
                    )
                }
                return Judgement(
                    .failed,
                    "\(folder.path) comes from \(stage), but without the packages of \(lock): \(what).",
                    found: instruction.original,
                    fix: "Install the packages in \(stage), with `npm ci --production` behind the `COPY` of \(lock).",
                    evidence: proof
                )
            }
        }
        return Judgement(
            .passed,
            "\(folder.path) comes from \(stage)\(within.map { ", within \($0)" } ?? "").",
            found: instruction.original,
            evidence: proof
        )
    }

    /// What is wrong with a copy that comes close; nil for one that has nothing to do with the folder.
    private static func failure(
        _ outcome: CopiedFolder.Outcome,
        _ instruction: Instruction,
        _ folder: CopiedFolder,
        _ work: WorkEvidence
    ) -> Judgement? {
        let line = instruction.startLine
        let path = folder.path
        let message: String
        switch outcome {
        case .comes, .other: return nil
        case .host:
            message =
                "Line \(line) copies \(path) from the build context: there is no `--from`, so what lies on your own "
                + "machine gets into the image."
        case .elsewhere(let from):
            message =
                work.isOwnOrLater(from, than: instruction)
                ? "Line \(line) copies \(path) from \(from), but only a stage above its own can be copied from."
                : "Line \(line) copies \(path) from \(from), which is no stage of this Dockerfile."
        case .missing(let from):
            message = "Line \(line) copies \(path) from \(work.stageName(from)), which does not have it at that path."
        case .spilled(let place):
            message =
                "Line \(line) copies what is in \(path), not the folder itself: COPY takes a folder's content. It lands "
                + "in \(place), where node does not look for packages."
        case .flattened:
            message =
                "Line \(line) pours the packages into one another: the `*` takes each folder in \(path), and COPY takes a "
                + "folder's content."
        case .incomplete(let missing):
            message = "Line \(line) does not bring all of \(path) over: \(missing) missing in the final image."
        }
        return Judgement(
            .failed,
            message,
            found: instruction.original,
            fix: folder.line.map { "Write `\($0)` on line \(line)." },
            diff: folder.diff(replacing: instruction),
            evidence: [work.evidence(instruction.range, instruction.original)]
        )
    }
}
