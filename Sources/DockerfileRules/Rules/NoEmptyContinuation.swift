// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax

/// A continued line goes on in the next one.
struct NoEmptyContinuation: DockerfileRule {
    static let rule = LintRule(
        "NoEmptyContinuation",
        claim: "Empty continuation lines will become errors in a future release",
        reason: "An empty line after a backslash reads as the end of the instruction, and is not: what follows "
            + "still belongs to it. A later version of the builder will refuse it.",
        fix: "Take out the empty lines, or put a comment there.",
        bad: [
            """
            FROM node:24-slim
            RUN apt-get update \\

            ▶    && apt-get upgrade --yes
            """
        ],
        good: [
            """
            FROM node:24-slim
            RUN apt-get update \\
                && apt-get upgrade --yes
            """,
            """
            FROM node:24-slim
            RUN apt-get update \\
                # The fixes of today.
                && apt-get upgrade --yes
            """,
        ]
    )

    mutating func visit(line instruction: Instruction, _ findings: inout RuleFindings) {
        guard !instruction.emptyContinuationLines.isEmpty else { return }
        let last = SourceRange(lines: instruction.endLine...instruction.endLine)
        findings.add("Empty continuation line", at: instruction, range: last)
    }
}
