// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import Lessons
import OCISpec
import SymbolicBuild

/// A folder of the final image comes from another stage with `COPY --from`.
enum CopyFromStage: CheckKind {
    static let name = "copy-from-stage"

    static func judge(_ check: LessonCheck, _ context: CheckContext) throws -> Judgement {
        guard let work = context.work else { return context.noDockerfile }
        guard let path = check.text("path") else { throw CheckContext.missing("path", check) }
        let chain = work.finalChain
        guard !chain.isEmpty else { return work.noFinalStage }
        var fromHost: Instruction?
        var fromElsewhere: (instruction: Instruction, from: String)?
        for stage in chain {
            for instruction in stage.instructions {
                guard case .copy(let copy) = instruction.content else { continue }
                guard sources(copy, instruction, work).contains(where: { takes(path, $0) }) else { continue }
                guard let from = copy.from else {
                    fromHost = instruction
                    continue
                }
                guard work.isStage(from) else {
                    fromElsewhere = (instruction, from)
                    continue
                }
                return Judgement(
                    .passed,
                    "\(path) comes from the stage \(from).",
                    found: instruction.original,
                    evidence: [work.evidence(instruction.range, instruction.original)]
                )
            }
        }
        if let whole = wholeFolder(path, chain, work) { return whole }
        if let fromHost {
            return Judgement(
                .failed,
                "Line \(fromHost.startLine) copies \(path) from the build context: there is no `--from`, so what lies on your own "
                    + "machine gets into the image.",
                found: fromHost.original,
                evidence: [work.evidence(fromHost.range, fromHost.original)]
            )
        }
        if let (instruction, from) = fromElsewhere {
            return Judgement(
                .failed,
                "Line \(instruction.startLine) copies \(path) from \(from), which is no stage of this Dockerfile.",
                found: instruction.original,
                evidence: [work.evidence(instruction.range, instruction.original)]
            )
        }
        return Judgement(.failed, found: "No COPY --from for \(path)")
    }

    /// What a COPY takes: as written, and with its variables replaced where the build got that far.
    private static func sources(_ copy: CopyInstruction, _ instruction: Instruction, _ work: WorkEvidence) -> [String] {
        let built = work.outcome.stages.values.lazy.flatMap(\.layers).first { $0.range == instruction.range }
        return copy.paths.map(\.text) + (built?.copied?.sources ?? [])
    }

    /// Whether a source is the wanted folder or all that is in it.
    private static func takes(_ path: String, _ source: String) -> Bool {
        let wanted = ImagePath(path).components
        var components = ImagePath(source).components
        if components.last == [0x2A] { components.removeLast() }
        return components.count >= wanted.count && components.suffix(wanted.count).elementsEqual(wanted)
    }

    /// A copy of a folder that holds the wanted one, such as `COPY --from=builder /app /app`.
    private static func wholeFolder(_ path: String, _ chain: [Stage], _ work: WorkEvidence) -> Judgement? {
        guard let target = work.finalState else { return nil }
        for stage in chain {
            for instruction in stage.instructions {
                guard case .copy(let copy) = instruction.content, let from = copy.from, let state = work.stage(from)
                else { continue }
                for source in copy.paths {
                    let folder = ImagePath(source.text)
                    guard state.tree.resolvedNode(at: folder.appending(path))?.isDirectory == true else { continue }
                    let base = ImagePath(target.configuration.config.workingDir ?? "/")
                    let place = ImagePath(copy.destination.text, relativeTo: base).appending(path)
                    guard target.tree.resolvedNode(at: place) != nil else { continue }
                    return Judgement(
                        .passed,
                        "\(path) comes from the stage \(from), within \(source.text).",
                        found: instruction.original,
                        evidence: [work.evidence(instruction.range, instruction.original)]
                    )
                }
            }
        }
        return nil
    }
}
