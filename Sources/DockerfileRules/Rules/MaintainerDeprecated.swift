// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// The author is a label.
struct MaintainerDeprecated: DockerfileRule {
    static let rule = LintRule(
        "MaintainerDeprecated",
        claim: "The MAINTAINER instruction is deprecated, use a label instead to define an image author",
        reason: "Tools read labels; the field that MAINTAINER fills is one that few of them show.",
        fix: "Write LABEL org.opencontainers.image.authors=\"…\" instead.",
        bad: [
            """
            FROM node:24-slim
            ▶MAINTAINER ada@example.org
            """
        ],
        good: [
            """
            FROM node:24-slim
            LABEL org.opencontainers.image.authors="ada@example.org"
            """
        ]
    )

    mutating func visit(line instruction: Instruction, _ findings: inout RuleFindings) {
        guard case .maintainer = instruction.content else { return }
        findings.add("Maintainer instruction is deprecated in favor of using label", at: instruction)
    }
}
