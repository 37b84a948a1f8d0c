// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// No stage has a name that means something else.
struct ReservedStageName: DockerfileRule {
    static let rule = LintRule(
        "ReservedStageName",
        claim: "Reserved words should not be used as stage names",
        reason: "FROM scratch is the empty image and context is the build context; a stage of that name is out "
            + "of reach.",
        fix: "Give the stage a name of its own.",
        bad: [
            """
            ▶FROM node:24-slim AS scratch
            """,
            """
            ▶FROM node:24-slim AS context
            """,
        ],
        good: [
            """
            FROM node:24-slim AS build

            FROM scratch
            COPY --from=build /app /app
            """
        ]
    )

    private static let reserved: Set<String> = ["scratch", "context"]

    mutating func visit(_ stage: Stage, in file: LintedFile, _ findings: inout RuleFindings) {
        guard stage.from.nameToken != nil, let name = stage.name, Self.reserved.contains(name) else { return }
        findings.add(
            "Stage name should not use the same name as reserved stage \(name.quoted)",
            at: stage.instruction
        )
    }
}
