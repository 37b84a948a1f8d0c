// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// All instructions are written in the way that most are.
struct ConsistentInstructionCasing: DockerfileRule {
    static let rule = LintRule(
        "ConsistentInstructionCasing",
        claim: "All commands within the Dockerfile should use the same casing (either upper or lower)",
        reason: "Keywords in one casing stand out from the arguments; mixed ones are easily read over.",
        fix: "Write all keywords in capitals, or all in small letters.",
        bad: [
            """
            FROM node:24-slim
            ▶run npm ci
            USER node
            """,
            """
            from node:24-slim
            run npm ci
            ▶USER node
            """,
        ],
        good: [
            """
            FROM node:24-slim
            RUN npm ci
            USER node
            """,
            """
            from node:24-slim
            run npm ci
            user node
            """,
        ]
    )

    private var instructions: [(instruction: Instruction, casing: Casing)] = []
    private var hasStage = false

    mutating func visit(line instruction: Instruction, _ findings: inout RuleFindings) {
        hasStage = hasStage || instruction.keyword == .from
        // The arguments before the first stage do not count.
        guard hasStage, instruction.keyword != nil else { return }
        instructions.append((instruction, Casing(instruction.keywordToken.text)))
    }

    mutating func finish(_ findings: inout RuleFindings) {
        let isLower = instructions.count { $0.casing == .lower } > instructions.count { $0.casing == .upper }
        let wanted = isLower ? "lowercase" : "uppercase"
        for (instruction, casing) in instructions where casing != (isLower ? .lower : .upper) {
            findings.add(
                "Command '\(instruction.keywordToken.text)' should match the case of the command majority (\(wanted))",
                at: instruction
            )
        }
    }
}
