// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// No `FROM` asks for the platform that it gets anyway.
struct RedundantTargetPlatform: DockerfileRule {
    static let rule = LintRule(
        "RedundantTargetPlatform",
        claim: "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default "
            + "behavior",
        reason: "Readers look for the reason of an option, and here there is none.",
        fix: "Leave out --platform=$TARGETPLATFORM.",
        bad: [
            """
            ▶FROM --platform=$TARGETPLATFORM node:24-slim
            """
        ],
        good: [
            """
            FROM node:24-slim
            """,
            """
            FROM --platform=$BUILDPLATFORM node:24-slim AS build
            """,
        ]
    )

    mutating func visit(_ stage: Stage, in file: LintedFile, _ findings: inout RuleFindings) {
        guard let written = stage.from.platform, written == "$TARGETPLATFORM" || written == "${TARGETPLATFORM}" else {
            return
        }
        findings.add(
            "Setting platform to predefined \(written) in FROM is redundant as this is the default behavior",
            at: stage.instruction
        )
    }
}
