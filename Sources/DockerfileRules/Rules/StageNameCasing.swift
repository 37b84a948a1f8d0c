// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// Stage names are written in small letters.
struct StageNameCasing: DockerfileRule {
    static let rule = LintRule(
        "StageNameCasing",
        claim: "Stage names should be lowercase",
        reason: "Capitals make a difference in few of the places where a stage is named, so names that differ "
            + "only in them are one name. In small letters nobody is misled.",
        fix: "Write the name in small letters.",
        bad: [
            """
            ▶FROM node:24-slim AS Build
            """
        ],
        good: [
            """
            FROM node:24-slim AS build
            """
        ]
    )

    mutating func visit(_ stage: Stage, in file: LintedFile, _ findings: inout RuleFindings) {
        guard let token = stage.from.nameToken, let name = stage.name, token.text != name else { return }
        findings.add("Stage name '\(token.text)' should be lowercase", at: stage.instruction)
    }
}
