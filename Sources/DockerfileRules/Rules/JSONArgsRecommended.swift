// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// What a container starts is written as a JSON array.
struct JSONArgsRecommended: DockerfileRule {
    static let rule = LintRule(
        "JSONArgsRecommended",
        claim: "JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS "
            + "signals",
        reason: "As plain text it is run by a shell, which becomes process 1 and passes no signal on: docker "
            + "stop waits ten seconds and then kills.",
        fix: "Write the words as a JSON array, or say with SHELL that a shell is meant.",
        bad: [
            """
            FROM node:24-slim
            ▶CMD node server.js
            """,
            """
            FROM node:24-slim
            ▶ENTRYPOINT node server.js
            """,
        ],
        good: [
            """
            FROM node:24-slim
            CMD ["node", "server.js"]
            """,
            """
            FROM node:24-slim
            SHELL ["/bin/bash", "-c"]
            CMD node server.js
            """,
        ]
    )

    mutating func visit(_ instruction: Instruction, in scope: LintScope, _ findings: inout RuleFindings) {
        switch instruction.content {
        case .cmd(.shell), .entrypoint(.shell):
            guard !scope.hasShell else { return }
            let name = instruction.keywordToken.text
            findings.add(
                "JSON arguments recommended for \(name) to prevent unintended behavior related to OS signals",
                at: instruction
            )
        default: return
        }
    }
}
