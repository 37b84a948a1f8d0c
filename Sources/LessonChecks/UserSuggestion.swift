// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import SymbolicBuild
import SystemFiles

/// The smallest change of a Dockerfile that makes its image run as an ordinary user.
struct UserSuggestion {
    /// The change as a unified diff; nil when it would not help or cannot be placed.
    let diff: String?
    /// The change in one sentence.
    let sentence: String

    /// - Parameter account: an account of the image that was meant, if that can be told.
    init(_ target: StageState, _ work: WorkEvidence, account: String? = nil) {
        let lines = account.map { ["USER \($0)"] } ?? Self.lines(target, work)
        sentence =
            lines.count == 1
            ? "Add `\(lines[0])` before `EXPOSE` or `CMD` in the last stage."
            : "Create an account and choose it, before `EXPOSE` or `CMD` in the last stage."
        diff = Self.diff(lines, target, work)
    }

    /// An account of the image that is there for programs to run as: a number of 1000 or above, not `nobody`.
    static func existingAccount(_ target: StageState) -> String? {
        target.accounts.users.first { $0.uid >= 1000 && $0.uid < 65_534 }?.name
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
        guard let stage = work.outcome.graph.stages.first(where: { $0.index == target.index }),
            let edit = DockerfileEdit(work)
        else { return nil }
        let lastRun = stage.instructions.last { $0.keyword == .run }?.range.lastLine ?? 0
        if let user = target.userInstruction, user.stage == target.index, user.range.start.line > lastRun,
            user.range.lastLine <= edit.count
        {
            return edit.replacing(user.range.start.line, through: user.range.lastLine, with: added)?.diff
        }
        // A RUN behind the new line would no longer run as root, so it goes behind all of them.
        let anchor = stage.instructions.first {
            [.expose, .entrypoint, .cmd].contains($0.keyword) && $0.range.start.line > lastRun
        }
        let place =
            anchor.map { $0.range.start.line - 1 }
            ?? (stage.instructions.last?.range ?? stage.instruction.range).lastLine
        return edit.inserting(added, behind: place)?.diff
    }
}
