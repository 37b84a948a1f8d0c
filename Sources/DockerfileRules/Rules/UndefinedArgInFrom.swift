// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// A `FROM` asks only for arguments that are declared above it.
struct UndefinedArgInFrom: DockerfileRule {
    static let rule = LintRule(
        "UndefinedArgInFrom",
        claim: "FROM command must use declared ARGs",
        reason: "A name that nobody declares is empty, so the image is another one than was meant, or none.",
        fix: "Declare it with ARG above the first FROM, or mend the spelling.",
        bad: [
            """
            ARG VARIANT=slim
            ▶FROM node:24-${VARIANTT}
            """
        ],
        good: [
            """
            ARG VARIANT=slim
            FROM node:24-${VARIANT}
            """,
            """
            FROM --platform=$BUILDPLATFORM node:24-${VARIANT:-slim}
            """,
        ]
    )

    mutating func visit(_ stage: Stage, in file: LintedFile, _ findings: inout RuleFindings) {
        let global = file.graph.global
        var names: [String] = []
        for word in [stage.from.image.text, stage.from.platform ?? ""] {
            guard let expansion = try? file.dockerfile.expander.expand(word, in: global.values) else { continue }
            names += expansion.unset.filter { !global.isKnown($0) && !expansion.unsetWithFallback.contains($0) }
        }
        guard !names.isEmpty else { return }
        let options = global.values.keys.sorted()
        for name in names {
            findings.add(
                Suggestion.extending("FROM argument '\(name)' is not declared", for: name, among: options),
                at: stage.instruction
            )
        }
    }
}
