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
        let file = work.outcome.dockerfile.file
        guard let stage = work.outcome.graph.stages.first(where: { $0.index == target.index }), !file.wasRepaired,
            let last = added.last
        else { return nil }
        var lines = split(file.bytes)
        let end: [UInt8] = lines.first?.suffix(2) == [0x0D, 0x0A] ? [0x0D, 0x0A] : [0x0A]
        let new = added.map { Array($0.utf8) + end }
        let lastRun = stage.instructions.last { $0.keyword == .run }?.range.lastLine ?? 0
        if let user = target.userInstruction, user.stage == target.index, user.range.start.line > lastRun,
            lines.indices.contains(user.range.lastLine - 1)
        {
            let range = (user.range.start.line - 1)..<user.range.lastLine
            // The last line of a file may have no line feed, and keeps it so.
            let isUnended = lines[range.upperBound - 1].last != 0x0A
            var replacement = new
            if isUnended, !replacement.isEmpty { replacement[replacement.count - 1] = Array(last.utf8) }
            lines.replaceSubrange(range, with: replacement)
        } else {
            // A RUN behind the new line would no longer run as root, so it goes behind all of them.
            let anchor = stage.instructions.first {
                [.expose, .entrypoint, .cmd].contains($0.keyword) && $0.range.start.line > lastRun
            }
            let place =
                anchor.map { $0.range.start.line - 1 }
                ?? (stage.instructions.last?.range ?? stage.instruction.range).lastLine
            guard place <= lines.count else { return nil }
            if place == lines.count, let before = lines.last, before.last != 0x0A { lines[place - 1] = before + end }
            lines.insert(contentsOf: new, at: place)
        }
        let text = LineDiff(old: file.bytes, new: Array(lines.joined()))
            .unified(oldName: work.path, newName: work.path, context: 2)
        return text.isEmpty ? nil : text
    }

    /// The lines with their ends.
    private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = 0
        for (offset, byte) in bytes.enumerated() where byte == 0x0A {
            lines.append(Array(bytes[start...offset]))
            start = offset + 1
        }
        if start < bytes.count { lines.append(Array(bytes[start...])) }
        return lines
    }
}
