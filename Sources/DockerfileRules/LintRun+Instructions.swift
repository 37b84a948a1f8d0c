// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatch; validations.go; convert_expose.go.

import Diagnostics
import DockerfileSyntax

extension LintRun {
    /// What is true at the end of a stage, for those that build on it.
    private struct StageEnd {
        var scope: StageScope
        var hasShell: Bool
        var hasWorkingDirectory: Bool
    }

    /// What the instructions of stages do; a stage that is not looked at is still gone through, for others build on it.
    mutating func checkInstructions(
        of stages: [Int],
        _ ignore: IgnoreFile?,
        _ base: (String) -> DockerfileLinter.Base?
    ) {
        let wanted = Set(stages)
        var ends: [Int: StageEnd] = [:]
        for stage in graph.stages {
            var end = start(stage, ends, base)
            let before = self
            var used: [Keyword: Instruction] = [:]
            for instruction in stage.instructions {
                check(instruction, &end, &used, ignore)
            }
            ends[stage.index] = end
            if !wanted.contains(stage.index) { self = before }
        }
    }

    private func start(
        _ stage: Stage,
        _ ends: [Int: StageEnd],
        _ base: (String) -> DockerfileLinter.Base?
    ) -> StageEnd {
        if case .stage(let index) = stage.base, let below = ends[index] { return below }
        var facts: DockerfileLinter.Base?
        if case .image(let name) = stage.base { facts = base(name) }
        let environment = EnvironmentList(entries: ["PATH="] + (facts?.environment ?? []))
        let scope = StageScope(environment: environment, global: graph.global, expander: dockerfile.expander)
        return StageEnd(scope: scope, hasShell: facts?.hasShell ?? false, hasWorkingDirectory: false)
    }

    private mutating func check(
        _ instruction: Instruction,
        _ end: inout StageEnd,
        _ used: inout [Keyword: Instruction],
        _ ignore: IgnoreFile?
    ) {
        let name = instruction.keywordToken.text
        switch instruction.content {
        case .arg(let arg):
            for declaration in arg.declarations { checkSecret("ARG", declaration.name.text, instruction) }
            checkWords(arg.declarations.compactMap { $0.value?.text }, instruction, end.scope)
            _ = try? end.scope.declare(arg)
        case .env(let env):
            for pair in env.pairs { checkSecret("ENV", pair.name.text, instruction) }
            checkWords(env.pairs.flatMap { [$0.name.text, $0.value.text] }, instruction, end.scope)
            _ = try? end.scope.set(env)
        case .label(let label):
            checkWords(label.pairs.flatMap { [$0.name.text, $0.value.text] }, instruction, end.scope)
        case .copy(let copy), .add(let copy):
            checkWords(
                copy.paths.map(\.text) + [copy.destination.text]
                    + [copy.chown, copy.chmod, copy.checksum].compactMap(\.self) + copy.excludes,
                instruction,
                end.scope
            )
            if copy.from == nil, let ignore { checkIgnored(copy, instruction, end.scope, ignore) }
        case .user(let token), .stopsignal(let token): checkWords([token.text], instruction, end.scope)
        case .volume(let tokens): checkWords(tokens.map(\.text), instruction, end.scope)
        case .workdir(let token):
            checkWords([token.text], instruction, end.scope)
            let path = (try? end.scope.expand(token.text).value) ?? token.text
            if !end.hasWorkingDirectory, !path.hasPrefix("/") {
                report(
                    .workdirRelativePath,
                    "Relative workdir \(path.quoted) can have unexpected results if the base image changes",
                    instruction
                )
            }
            end.hasWorkingDirectory = true
        case .expose(let expose):
            checkWords(expose.ports.map(\.text), instruction, end.scope)
            checkPorts(expose, instruction, end.scope)
        case .shell: end.hasShell = true
        case .cmd(let line), .entrypoint(let line):
            if case .shell = line, !end.hasShell {
                report(
                    .jsonArgsRecommended,
                    "JSON arguments recommended for \(name) to prevent unintended behavior related to OS signals",
                    instruction
                )
            }
            checkOnce(instruction, &used)
        case .healthcheck: checkOnce(instruction, &used)
        case .run(let run):
            checkWords(run.mounts.filter(\.hasVariables).map(\.text), instruction, end.scope)
        case .from, .maintainer, .onbuild, .invalid: return
        }
    }

    /// Of several only the last counts, so it is the earlier one that is pointed at.
    private mutating func checkOnce(_ instruction: Instruction, _ used: inout [Keyword: Instruction]) {
        guard let keyword = instruction.keyword else { return }
        if let earlier = used.updateValue(instruction, forKey: keyword) {
            report(
                .multipleInstructionsDisallowed,
                "Multiple \(instruction.keywordToken.text) instructions should not be used in the same stage because only "
                    + "the last one will be used",
                earlier
            )
        }
    }

    private mutating func checkWords(_ words: [String], _ instruction: Instruction, _ scope: StageScope) {
        var seen: Set<String> = []
        // Among very many names nobody looks for the nearest.
        lazy var options = (scope.environment.names + scope.arguments.filter { $0.value != nil }.map(\.name)).prefix(
            500
        )
        for word in words {
            guard let expansion = try? scope.expand(word) else { continue }
            for name in expansion.unset where seen.insert(name).inserted {
                guard !scope.isKnown(name), !expansion.unsetWithFallback.contains(name),
                    !["BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"].contains(name)
                else { continue }
                let nearest = Suggestion.nearest(to: name, among: Array(options))
                report(
                    .undefinedVar,
                    "Usage of undefined variable '$\(name)'" + (nearest.map { " (did you mean $\($0)?)" } ?? ""),
                    instruction
                )
            }
        }
    }

    private static let secretWords: Set<String> = [
        "apikey", "auth", "credential", "credentials", "key", "password", "pword", "passwd", "secret", "token",
    ]

    private mutating func checkSecret(_ keyword: String, _ name: String, _ instruction: Instruction) {
        let parts = name.lowercased().split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard parts.contains(where: Self.secretWords.contains),
            !parts.contains(where: ["public", "file", "version"].contains)
        else { return }
        report(
            .secretsUsedInArgOrEnv,
            "Do not use ARG or ENV instructions for sensitive data (\(keyword) \(name.quoted))",
            instruction
        )
    }

    private mutating func checkPorts(_ expose: ExposeInstruction, _ instruction: Instruction, _ scope: StageScope) {
        for token in expose.ports {
            for word in (try? scope.expand(token.text).words) ?? [] {
                guard let port = try? PortSpecification(parsing: word) else { continue }
                if let slash = word.lastIndex(of: "/"),
                    word[slash...].dropFirst() != word[slash...].dropFirst().lowercased()
                {
                    report(
                        .exposeProtoCasing,
                        "Defined protocol '\(word)' in EXPOSE instruction should be lowercase",
                        instruction
                    )
                }
                if port.hasHostPart {
                    report(
                        .exposeInvalidFormat,
                        "EXPOSE instruction should not define an IP address or host-port mapping, found '\(word)'",
                        instruction
                    )
                }
            }
        }
    }

    private mutating func checkIgnored(
        _ copy: CopyInstruction,
        _ instruction: Instruction,
        _ scope: StageScope,
        _ ignore: IgnoreFile
    ) {
        // With a pattern that lets files back in nobody can say it by the name alone.
        guard !ignore.hasNegations else { return }
        let verb = instruction.keyword == .add ? "Add" : "Copy"
        for token in copy.paths {
            guard let path = try? scope.expand(token.text).value, !path.isEmpty, !CopyInstruction.isRemote(path) else {
                continue
            }
            let cleaned = IgnorePattern.cleaned(path)
            let isWhole = cleaned == "." || cleaned == "/"
            let isIgnored =
                isWhole
                ? ignore.patterns.contains { ["*", "**", "**/*"].contains($0.path) } : ignore.matches(cleaned)
            guard isIgnored else { continue }
            report(
                .copyIgnoredFile,
                "Attempting to \(verb) file \(path.quoted) that is excluded by .dockerignore",
                instruction
            )
        }
    }
}
