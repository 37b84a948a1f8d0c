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
        for stage in chain {
            for instruction in stage.instructions {
                guard case .copy(let copy) = instruction.content else { continue }
                let names = copy.paths.map(\.text) + [copy.destination.text]
                guard names.contains(where: { $0.split(separator: "/").contains(Substring(path)) }) else { continue }
                guard let from = copy.from else {
                    fromHost = instruction
                    continue
                }
                guard work.isStage(from) else { continue }
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
        return Judgement(.failed, found: "No COPY --from for \(path)")
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
