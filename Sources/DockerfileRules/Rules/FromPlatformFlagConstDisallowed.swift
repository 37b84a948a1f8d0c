// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// No `FROM` has one platform written into it.
struct FromPlatformFlagConstDisallowed: DockerfileRule {
    static let rule = LintRule(
        "FromPlatformFlagConstDisallowed",
        claim: "FROM --platform flag should not use a constant value",
        reason: "The file then makes an image for that platform whatever is asked for with --platform, and for "
            + "other machines a wrong one.",
        fix: "Leave the option out, use $BUILDPLATFORM, or name the stage after the platform that it is for.",
        bad: [
            """
            ▶FROM --platform=linux/arm64 node:24-slim
            """
        ],
        good: [
            """
            FROM --platform=$BUILDPLATFORM node:24-slim AS build
            """,
            """
            FROM --platform=linux/arm64 node:24-slim AS build-arm64
            """,
        ]
    )

    mutating func visit(_ stage: Stage, in file: LintedFile, _ findings: inout RuleFindings) {
        guard let written = stage.from.platform, !written.isEmpty, !written.utf8.contains(UInt8(ascii: "$")) else {
            return
        }
        // A stage that is named after the platform means what it says.
        let parts = written.lowercased().split(separator: "/").prefix(2)
        if let name = stage.name, parts.contains(where: { name.contains($0) }) { return }
        findings.add(
            "FROM --platform flag should not use constant value \(written.quoted)",
            at: stage.instruction
        )
    }
}
