// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// No two stages have the same name.
struct DuplicateStageName: DockerfileRule {
    static let rule = LintRule(
        "DuplicateStageName",
        claim: "Stage names should be unique",
        reason: "COPY --from and FROM take the last stage of a name that stands above them, so the one meant is "
            + "not the one that a reader finds first.",
        fix: "Rename one of the stages.",
        bad: [
            """
            FROM node:24-slim AS build

            ▶FROM node:24-alpine AS build
            """
        ],
        good: [
            """
            FROM node:24-slim AS build

            FROM node:24-alpine AS final
            COPY --from=build /app /app
            """
        ]
    )

    private var seen: Set<String> = []

    mutating func visit(_ stage: Stage, in file: LintedFile, _ findings: inout RuleFindings) {
        guard stage.from.nameToken != nil, let name = stage.name, !seen.insert(name).inserted else { return }
        findings.add("Duplicate stage name \(name.quoted), stage names should be unique", at: stage.instruction)
    }
}
