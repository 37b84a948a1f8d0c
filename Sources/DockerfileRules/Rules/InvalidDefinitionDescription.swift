// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// The comment above an argument or a stage begins with its name.
struct InvalidDefinitionDescription: DockerfileRule {
    static let rule = LintRule(
        "InvalidDefinitionDescription",
        claim: "Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`",
        reason: "Tools that list the stages and arguments of a file show these comments as descriptions, and "
            + "know them by the name in front.",
        fix: "Begin the comment with the name, or put an empty line below a comment that is no description.",
        bad: [
            """
            # check=experimental=InvalidDefinitionDescription

            # which Node.js
            ▶ARG NODE=24
            # where it is compiled
            ▶FROM node:${NODE} AS build
            """
        ],
        good: [
            """
            # check=experimental=InvalidDefinitionDescription

            # NODE which Node.js
            ARG NODE=24
            # build where it is compiled
            FROM node:${NODE} AS build
            """,
            """
            # check=experimental=InvalidDefinitionDescription

            # Made for the workshop.

            FROM node:24-slim AS build
            """,
        ],
        isExperimental: true
    )

    mutating func visit(line instruction: Instruction, _ findings: inout RuleFindings) {
        guard case .arg(let arg) = instruction.content else { return }
        for declaration in arg.declarations { check("ARG", declaration.name.text, instruction, &findings) }
    }

    mutating func visit(_ stage: Stage, in file: LintedFile, _ findings: inout RuleFindings) {
        guard stage.from.nameToken != nil, let name = stage.name else { return }
        check("FROM", name, stage.instruction, &findings)
    }

    private func check(_ what: String, _ name: String, _ instruction: Instruction, _ findings: inout RuleFindings) {
        guard let comment = instruction.comments.last, !comment.text.hasPrefix("check=") else { return }
        let first = comment.text.split(separator: " ", maxSplits: 1).first.map(String.init) ?? ""
        guard first != name else { return }
        findings.add(
            "Comment for \(what) should follow the format: `# \(name) <description>`",
            at: instruction
        )
    }
}
