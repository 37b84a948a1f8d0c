// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// Names and values have an equals sign between them.
struct LegacyKeyValueFormat: DockerfileRule {
    static let rule = LintRule(
        "LegacyKeyValueFormat",
        claim: "Legacy key/value format with whitespace separator should not be used",
        reason: "With a blank between name and value the whole rest of the line is the value, so a second pair "
            + "on it is silently part of the first.",
        fix: "Put an equals sign between name and value, and quotes around a value with blanks.",
        bad: [
            """
            FROM node:24-slim
            ▶ENV NODE_ENV production
            """,
            """
            FROM node:24-slim
            ▶LABEL org.opencontainers.image.title My app
            """,
        ],
        good: [
            """
            FROM node:24-slim
            ENV NODE_ENV=production
            LABEL org.opencontainers.image.title="My app"
            """
        ]
    )

    mutating func visit(line instruction: Instruction, _ findings: inout RuleFindings) {
        switch instruction.content {
        case .env(let pairs) where pairs.isLegacy, .label(let pairs) where pairs.isLegacy:
            let name = instruction.keywordToken.text
            findings.add(
                "\"\(name) key=value\" should be used instead of legacy \"\(name) key value\" format",
                at: instruction
            )
        default: return
        }
    }
}
