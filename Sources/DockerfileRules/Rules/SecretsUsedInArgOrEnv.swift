// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// No variable has the name of a secret.
struct SecretsUsedInArgOrEnv: DockerfileRule {
    static let rule = LintRule(
        "SecretsUsedInArgOrEnv",
        claim: "Sensitive data should not be used in the ARG or ENV commands",
        reason: "Values of ENV stand in the image's configuration and those of ARG in its history, where "
            + "everybody who has the image reads them.",
        fix: "Take the value from RUN --mount=type=secret, or give it to the container when it starts.",
        bad: [
            """
            FROM node:24-slim
            ▶ARG NPM_TOKEN
            ▶ENV DB_PASSWORD=hunter2
            """
        ],
        good: [
            """
            FROM node:24-slim
            ENV DB_PASSWORD_FILE=/run/secrets/db PUBLIC_KEY=abc
            """,
            """
            FROM node:24-slim
            RUN --mount=type=secret,id=npm npm ci
            """,
        ]
    )

    private static let secretWords: Set<String> = [
        "apikey", "auth", "credential", "credentials", "key", "password", "pword", "passwd", "secret", "token",
    ]
    /// Words that say that a name does not hold the secret itself.
    private static let harmlessWords: Set<String> = ["public", "file", "version"]

    mutating func visit(_ instruction: Instruction, in scope: LintScope, _ findings: inout RuleFindings) {
        let names: [String]
        switch instruction.content {
        case .arg(let arg): names = arg.declarations.map(\.name.text)
        case .env(let env): names = env.pairs.map(\.name.text)
        default: return
        }
        let keyword = instruction.keyword == .arg ? "ARG" : "ENV"
        for name in names where Self.soundsSecret(name) {
            findings.add(
                "Do not use ARG or ENV instructions for sensitive data (\(keyword) \(name.quoted))",
                at: instruction
            )
        }
    }

    private static func soundsSecret(_ name: String) -> Bool {
        let words = name.lowercased().split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        return words.contains(where: secretWords.contains) && !words.contains(where: harmlessWords.contains)
    }
}
