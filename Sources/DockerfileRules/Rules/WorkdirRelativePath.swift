// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// The first `WORKDIR` of a build is an absolute path.
struct WorkdirRelativePath: DockerfileRule {
    static let rule = LintRule(
        "WorkdirRelativePath",
        claim: "Relative workdir without an absolute workdir declared within the build can have unexpected "
            + "results if the base image changes",
        reason: "A relative path begins where the base image stands, and the next version of it may stand "
            + "elsewhere.",
        fix: "Begin the path with a slash.",
        bad: [
            """
            FROM node:24-slim
            ▶WORKDIR app
            """
        ],
        good: [
            """
            FROM node:24-slim
            WORKDIR /srv
            WORKDIR app
            """
        ]
    )

    mutating func visit(_ instruction: Instruction, in scope: LintScope, _ findings: inout RuleFindings) {
        guard case .workdir(let token) = instruction.content, !scope.hasWorkingDirectory else { return }
        let path = (try? scope.variables.expand(token.text).value) ?? token.text
        guard !path.hasPrefix("/") else { return }
        findings.add(
            "Relative workdir \(path.quoted) can have unexpected results if the base image changes",
            at: instruction
        )
    }
}
