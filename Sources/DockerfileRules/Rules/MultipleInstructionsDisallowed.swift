// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// A stage has one `CMD`, one `ENTRYPOINT` and one `HEALTHCHECK`.
struct MultipleInstructionsDisallowed: DockerfileRule {
    static let rule = LintRule(
        "MultipleInstructionsDisallowed",
        claim: "Multiple instructions of the same type should not be used in the same stage",
        reason: "Only the last one counts; the others look as if they did something.",
        fix: "Take out all but the last.",
        bad: [
            """
            FROM node:24-slim
            ▶CMD ["node", "old.js"]
            CMD ["node", "server.js"]
            """
        ],
        good: [
            """
            FROM node:24-slim AS build
            CMD ["node", "old.js"]

            FROM build
            CMD ["node", "server.js"]
            """
        ]
    )

    /// The last of each kind in the stage.
    private var used: [Keyword: Instruction] = [:]

    mutating func visit(_ stage: Stage, in file: LintedFile, _ findings: inout RuleFindings) { used = [:] }

    mutating func visit(_ instruction: Instruction, in scope: LintScope, _ findings: inout RuleFindings) {
        switch instruction.content {
        case .cmd, .entrypoint, .healthcheck: break
        default: return
        }
        guard let keyword = instruction.keyword, let earlier = used.updateValue(instruction, forKey: keyword) else {
            return
        }
        // It is the earlier one that does nothing.
        findings.add(
            "Multiple \(instruction.keywordToken.text) instructions should not be used in the same stage because only the "
                + "last one will be used",
            at: earlier
        )
    }
}
