// SPDX-License-Identifier: Apache-2.0

/// What an instruction means, one case for each that there is.
public indirect enum InstructionContent: Sendable, Hashable {
    case add(CopyInstruction)
    case arg(ArgInstruction)
    case cmd(CommandLine)
    case copy(CopyInstruction)
    case entrypoint(CommandLine)
    case env(KeyValueInstruction)
    case expose(ExposeInstruction)
    case from(FromInstruction)
    case healthcheck(HealthcheckInstruction)
    case label(KeyValueInstruction)
    /// The author.
    case maintainer(Token)
    case onbuild(OnbuildInstruction)
    case run(RunInstruction)
    /// The words of the shell.
    case shell([Token])
    /// The signal's name or number, before expansion.
    case stopsignal(Token)
    /// The user and perhaps group, before expansion.
    case user(Token)
    /// The paths, before expansion.
    case volume([Token])
    /// The path, before expansion.
    case workdir(Token)
    /// The instruction has an error, which is in the Dockerfile's list.
    case invalid
}
