// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// Nothing is copied that the ignore file keeps out.
struct CopyIgnoredFile: DockerfileRule {
    static let rule = LintRule(
        "CopyIgnoredFile",
        claim: "Attempting to Copy file that is excluded by .dockerignore",
        reason: "What .dockerignore excludes never reaches the builder, so the copy fails or comes out empty.",
        fix: "Take the file out of .dockerignore, or out of the instruction.",
        bad: [
            LintRule.Example(
                """
                FROM node:24-slim
                ▶COPY notes.txt /app/
                """,
                ignoreFile: "*.txt\n"
            )
        ],
        good: [
            LintRule.Example(
                """
                FROM node:24-slim
                COPY package.json /app/
                """,
                ignoreFile: "*.txt\n"
            )
        ]
    )

    mutating func visit(_ instruction: Instruction, in scope: LintScope, _ findings: inout RuleFindings) {
        let copy: CopyInstruction
        switch instruction.content {
        case .copy(let content), .add(let content): copy = content
        default: return
        }
        // With a pattern that lets files back in nobody can say it by the name alone.
        guard copy.from == nil, let ignore = scope.file.ignore, !ignore.hasNegations else { return }
        let verb = instruction.keyword == .add ? "Add" : "Copy"
        for token in copy.paths {
            guard let path = try? scope.variables.expand(token.text).value, !path.isEmpty,
                !CopyInstruction.isRemote(path), Self.excludes(ignore, path)
            else { continue }
            findings.add(
                "Attempting to \(verb) file \(path.quoted) that is excluded by .dockerignore",
                at: instruction
            )
        }
    }

    private static func excludes(_ ignore: IgnoreFile, _ path: String) -> Bool {
        let cleaned = IgnorePattern.cleaned(path)
        guard cleaned == "." || cleaned == "/" else { return ignore.matches(cleaned) }
        return ignore.patterns.contains { ["*", "**", "**/*"].contains($0.path) }
    }
}
