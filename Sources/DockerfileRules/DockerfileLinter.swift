// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, validations.go; instructions/parse.go.

import Diagnostics
public import DockerfileSyntax

/// Holds a Dockerfile against BuildKit's build checks, a file each in `Rules`.
///
/// The one check that is not among them asks a registry for the base image's platforms: `InvalidBaseImagePlatform`.
public struct DockerfileLinter: Sendable {
    /// What is known of a base image.
    public struct Base: Sendable, Hashable {
        /// Its variables, as `NAME=value`.
        public let environment: [String]
        /// Whether its configuration names a shell.
        public let hasShell: Bool

        /// Makes the facts from their parts.
        public init(environment: [String], hasShell: Bool) {
            self.environment = environment
            self.hasShell = hasShell
        }
    }

    /// What the file's `check` directive, or the build argument that takes its place, says.
    public let control: LintControl
    /// What is wrong with that directive itself.
    public let errors: [SyntaxError]
    /// The places where rules are broken, in the order of the lines.
    public let findings: [LintFinding]

    /// Looks through a file.
    ///
    /// - Parameters:
    ///   - ignore: the context's ignore file; nil when there is none, or no context.
    ///   - isWhole: whether the stages that the target does not need are looked at as well.
    ///   - base: what is known of a base image, by the name that its FROM has.
    public init(
        _ dockerfile: Dockerfile,
        _ graph: StageGraph,
        ignore: IgnoreFile? = nil,
        isWhole: Bool = true,
        base: (String) -> Base? = { _ in nil }
    ) {
        var errors: [SyntaxError] = []
        var control = LintControl()
        let directive = dockerfile.directive(.check)
        do {
            let text = graph.global.parameters.arguments["BUILDKIT_DOCKERFILE_CHECK"] ?? directive?.effectiveValue
            control = try LintControl(parsing: text ?? "")
        } catch {
            errors.append(SyntaxError(error.description, at: directive?.range ?? SourceRange(lines: 1...1)))
        }
        var walk = LintWalk(LintedFile(dockerfile, graph, ignore: ignore), DockerfileRuleRegistry.all, control)
        walk.run(Set(isWhole ? Array(graph.stages.indices) : graph.built), base)
        self.control = control
        self.errors = errors
        findings = walk.findings
    }
}
