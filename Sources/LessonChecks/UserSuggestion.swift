// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import SymbolicBuild
import Workspaces

/// The smallest change of a Dockerfile that makes its image run as an ordinary user.
struct UserSuggestion {
    /// The change as a unified diff; nil when it would not help or cannot be placed.
    let diff: String?
    /// The change in one sentence.
    let sentence: String

    init(_ target: StageState, _ work: WorkEvidence) {
        let lines = Self.lines(target, work)
        sentence =
            lines.count == 1
            ? "Add `\(lines[0])` before `EXPOSE` or `CMD` in the last stage."
            : "Create an account and choose it, before `EXPOSE` or `CMD` in the last stage."
        diff = Self.diff(lines, target, work)
    }

    /// An account of the image that is there for programs to run as: a number of 1000 or above, not `nobody`.
    static func existingAccount(_ target: StageState) -> String? {
        Accounts(target.tree).users.first { $0.uid >= 1000 && $0.uid < 65_534 }?.name
    }

    private static func lines(_ target: StageState, _ work: WorkEvidence) -> [String] {
        if let made = work.createdAccounts(target).last { return ["USER \(made)"] }
        if let account = existingAccount(target) { return ["USER \(account)"] }
        func has(_ path: String) -> Bool { target.tree.resolvedNode(at: ImagePath(path)) != nil }
        if has("/usr/sbin/adduser") || has("/bin/busybox") {
            return [
                "RUN addgroup --system appgroup && adduser --system --ingroup appgroup appuser", "USER appuser",
            ]
        }
        if has("/usr/sbin/useradd") {
            return ["RUN groupadd --system appgroup && useradd --system --gid appgroup appuser", "USER appuser"]
        }
        return ["USER 65532"]
    }

    private static func diff(_ added: [String], _ target: StageState, _ work: WorkEvidence) -> String? {
        guard let stage = work.outcome.graph.stages.first(where: { $0.index == target.index }) else { return nil }
        var lines = work.lines
        if let instruction = target.userInstruction, instruction.stage == target.index,
            let last = added.last, lines.indices.contains(instruction.range.start.line - 1)
        {
            lines[instruction.range.start.line - 1] = last
            lines.insert(contentsOf: added.dropLast(), at: instruction.range.start.line - 1)
        } else {
            let anchor = stage.instructions.first { [.expose, .entrypoint, .cmd].contains($0.keyword) }
            let end = (stage.instructions.last?.range ?? stage.instruction.range).lastLine
            let place = anchor.map { $0.range.start.line - 1 } ?? end
            guard place <= lines.count else { return nil }
            lines.insert(contentsOf: added, at: place)
        }
        func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
        return LineDiff(old: text(work.lines), new: text(lines)).unified(
            oldName: work.path,
            newName: work.path,
            context: 2
        )
    }
}
