// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import SymbolicBuild

/// What mends the mistakes that stop most builds of a lesson, by what the failed command printed.
enum BuildAdvice {
    /// A sentence; nil when there is no single thing to advise.
    static func fix(_ problem: BuildProblem, _ work: WorkEvidence) -> String? {
        let said = problem.output.joined(separator: "\n")
        let line = problem.range?.start.line
        func has(_ words: String...) -> Bool { words.allSatisfy { said.contains($0) } }
        if has("USER: not found") {
            return "`USER` is an instruction of its own: put it on its own line, outside of `RUN`."
        }
        if has("sudo: not found") { return "Leave `sudo` out: a `RUN` line works as root until a `USER` line comes." }
        if has("cannot lock /etc/passwd") || has("Only root may") || has("Permission denied") {
            return line.flatMap { userLine(before: $0, work) }
                .map { "This line runs as the user of line \($0). Move it above that `USER`." }
        }
        // Perl's option reader takes `-S` for the beginning of several long options.
        if has("Unknown option") || has("Option", "is ambiguous"),
            line.map({ instructionText(at: $0, work) }).map({ $0.contains("adduser") || $0.contains("addgroup") })
                == true
        {
            return "Debian's commands take the long options: "
                + "`addgroup --system appgroup && adduser --system --ingroup appgroup appuser`."
        }
        if has("unrecognized option", "BusyBox") || has("unknown option", "BusyBox") {
            return "Alpine's commands are BusyBox's: `addgroup -S appgroup && adduser -S -G appgroup appuser`."
        }
        if has("already exists") || has(" in use") {
            return
                "The image has that name already. Leave the command out and use what is there, or choose another name."
        }
        if has("is not unique") { return "The number is taken. Leave it out, or choose another one." }
        if has("group", "does not exist") || has("unknown group") {
            return "Create the group first, with `addgroup` or `groupadd`, in the same `RUN` or one above it."
        }
        return nil
    }

    /// The lines of the instruction that a line belongs to.
    private static func instructionText(at line: Int, _ work: WorkEvidence) -> String {
        let instruction = work.outcome.dockerfile.instructions.last { $0.startLine <= line }
        guard let range = instruction?.range, range.lastLine >= line else { return work.line(line) }
        return (range.start.line...range.lastLine).map { work.line($0) }.joined(separator: "\n")
    }

    /// The line of the USER that is in force at a line of the Dockerfile.
    private static func userLine(before line: Int, _ work: WorkEvidence) -> Int? {
        for stage in work.outcome.graph.stages where stage.instructions.contains(where: { $0.startLine == line }) {
            return stage.instructions.last { $0.keyword == .user && $0.startLine < line }?.startLine
        }
        return nil
    }
}

extension String {
    /// The text as a sentence: a capital in front and a full stop behind.
    var sentence: String { sentenceStart + (last.map { ".!?`".contains($0) } ?? true ? "" : ".") }
}
