// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// `AS` is written as the `FROM` in front of it.
struct FromAsCasing: DockerfileRule {
    static let rule = LintRule(
        "FromAsCasing",
        claim: "The 'as' keyword should match the case of the 'from' keyword",
        reason: "The two words are one instruction; in different casings the second reads like an argument.",
        fix: "Write AS in the casing of FROM.",
        bad: [
            """
            ▶FROM node:24-slim as build
            """,
            """
            ▶from node:24-slim AS build
            """,
        ],
        good: [
            """
            FROM node:24-slim AS build
            """,
            """
            from node:24-slim as build
            """,
        ]
    )

    mutating func visit(_ stage: Stage, in file: LintedFile, _ findings: inout RuleFindings) {
        let from = stage.instruction.keywordToken.text
        // Who writes `From` is told so by another rule.
        guard let word = stage.from.asKeyword?.text, Casing(from) != .mixed, Casing(word) != Casing(from) else {
            return
        }
        findings.add("'\(word)' and '\(from)' keywords' casing do not match", at: stage.instruction)
    }
}
