// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax

/// What is known at one point of a stage; at its end it is what stages that build on it start with.
struct LintScope: Sendable {
    let file: LintedFile
    private(set) var variables: StageScope
    /// Whether a `SHELL`, of the stage or of what it builds on, names the shell.
    private(set) var hasShell: Bool
    /// Whether a `WORKDIR` came before.
    private(set) var hasWorkingDirectory = false

    /// Starts a stage on an image, of which nothing may be known.
    init(_ file: LintedFile, base: DockerfileLinter.Base?) {
        self.file = file
        // Every image has a PATH, be it the builder's own.
        let environment = EnvironmentList(entries: ["PATH="] + (base?.environment ?? []))
        variables = StageScope(
            environment: environment,
            global: file.graph.global,
            expander: file.dockerfile.expander
        )
        hasShell = base?.hasShell ?? false
    }

    /// Works off an instruction. One that cannot be expanded changes nothing: the build would stop there.
    mutating func apply(_ instruction: Instruction) {
        switch instruction.content {
        case .arg(let arg): _ = try? variables.declare(arg)
        case .env(let env): _ = try? variables.set(env)
        case .shell: hasShell = true
        case .workdir: hasWorkingDirectory = true
        default: return
        }
    }
}
