// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// Variables are set before they are used.
struct UndefinedVar: DockerfileRule {
    static let rule = LintRule(
        "UndefinedVar",
        claim: "Variables should be defined before their use",
        reason: "A variable that nobody set is empty: a path becomes another one, an option loses its value, and "
            + "nothing says so.",
        fix: "Set it with ENV or declare it with ARG in the same stage, give a default as in ${NAME:-value}, "
            + "or mend the spelling.",
        bad: [
            """
            FROM node:24-slim
            ARG FOLDER=/app
            ▶COPY package.json ${FODLER}/
            """
        ],
        good: [
            """
            FROM node:24-slim
            ARG FOLDER=/app
            ENV PATH=$PATH:/opt/bin
            COPY package.json ${FOLDER}/${SUB:-.}/
            """
        ]
    )

    /// What BuildKit hands to its scanner, which no file declares.
    private static let scannerNames: Set<String> = ["BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"]
    /// Among very many names nobody looks for the nearest.
    private static let maximumOptions = 500

    mutating func visit(_ instruction: Instruction, in scope: LintScope, _ findings: inout RuleFindings) {
        let variables = scope.variables
        lazy var options = Array(
            (variables.environment.names + variables.arguments.filter { $0.value != nil }.map(\.name))
                .prefix(Self.maximumOptions)
        )
        for word in Self.words(instruction) {
            guard let expansion = try? variables.expand(word) else { continue }
            // Each word that uses it is a finding of its own.
            var seen: Set<String> = []
            for name in expansion.unset where seen.insert(name).inserted {
                guard !variables.isKnown(name), !expansion.unsetWithFallback.contains(name),
                    !Self.scannerNames.contains(name)
                else { continue }
                let nearest = Suggestion.nearest(to: name, among: options)
                findings.add(
                    "Usage of undefined variable '$\(name)'" + (nearest.map { " (did you mean $\($0)?)" } ?? ""),
                    at: instruction
                )
            }
        }
    }

    /// The words of an instruction that the builder expands; what a shell expands is not among them.
    private static func words(_ instruction: Instruction) -> [String] {
        switch instruction.content {
        case .arg(let arg): arg.declarations.compactMap { $0.value?.text }
        case .env(let pairs), .label(let pairs): pairs.pairs.flatMap { [$0.name.text, $0.value.text] }
        case .copy(let copy), .add(let copy):
            copy.paths.map(\.text) + [copy.destination.text]
                + [copy.chown, copy.chmod, copy.checksum].compactMap(\.self) + copy.excludes
        case .user(let token), .stopsignal(let token), .workdir(let token): [token.text]
        case .volume(let tokens): tokens.map(\.text)
        case .expose(let expose): expose.ports.map(\.text)
        case .run(let run): run.mounts.filter(\.hasVariables).map(\.text)
        case .cmd, .entrypoint, .healthcheck, .shell, .from, .maintainer, .onbuild, .invalid: []
        }
    }
}
