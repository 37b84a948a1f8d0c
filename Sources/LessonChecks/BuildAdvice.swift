// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import ShellMachine
import SymbolicBuild

/// What mends the mistakes that stop most builds of a lesson, by why the command failed.
enum BuildAdvice {
    /// A sentence; nil when there is no single thing to advise.
    static func fix(_ problem: BuildProblem, _ work: WorkEvidence) -> String? {
        switch problem.reason {
        case .programMissing("USER"):
            "`USER` is an instruction of its own: put it on its own line, outside of `RUN`."
        case .programMissing("sudo"):
            "Leave `sudo` out: a `RUN` line works as root until a `USER` line comes."
        case .notPermitted:
            problem.range.flatMap { userLine(before: $0.start.line, work) }
                .map { "This line runs as the user of line \($0). Move it above that `USER`." }
        // Perl's option reader takes `-S` for the beginning of several long options.
        case .optionUnknown(_, "adduser", isBusybox: false), .optionUnknown(_, "addgroup", isBusybox: false):
            "Debian's commands take the long options: "
                + "`addgroup --system appgroup && adduser --system --ingroup appgroup appuser`."
        case .optionUnknown(_, _, isBusybox: true):
            "Alpine's commands are BusyBox's: `addgroup -S appgroup && adduser -S -G appgroup appuser`."
        case .nameTaken:
            "The image has that name already. Leave the command out and use what is there, or choose another name."
        case .numberTaken: "The number is taken. Leave it out, or choose another one."
        case .groupMissing:
            "Create the group first, with `addgroup` or `groupadd`, in the same `RUN` or one above it."
        case .noNetwork(let program):
            "`\(program)` fetches from a network, and this line has none. Take `--network=none` away."
        case .programMissing, .optionUnknown, .userMissing, .fileMissing, nil: nil
        }
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
