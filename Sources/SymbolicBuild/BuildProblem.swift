// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import ShellMachine

/// Why a Dockerfile does not build: a fact about the learner's work, not an error of ours.
public struct BuildProblem: Sendable, Hashable, Codable {
    /// What went wrong, as BuildKit would word it.
    public let message: String
    /// Where in the Dockerfile; nil when it is about the whole of it.
    public let range: SourceRange?
    /// The exit code of the process that failed; nil when it was no process.
    public let exitCode: Int?
    /// The last lines that the process printed.
    public let output: [String]
    /// Why the command failed, as far as its model says; nil when it was no command, or when no advice hangs on it.
    public let reason: CommandFailure?
    /// The step that failed, as progress names it; empty when the build did not get that far.
    public let step: String
    /// What would mend it, in one sentence; nil when there is no single thing.
    public let fix: String?

    /// Makes a problem from its parts.
    public init(
        _ message: String,
        range: SourceRange? = nil,
        exitCode: Int? = nil,
        output: [String] = [],
        reason: CommandFailure? = nil,
        step: String = "",
        fix: String? = nil
    ) {
        self.message = message
        self.range = range
        self.exitCode = exitCode
        self.output = output
        self.reason = reason
        self.step = step
        self.fix = fix
    }
}

/// Carries a problem out of the instruction that met it; it never leaves this target.
struct BuildStop: Error {
    let problem: BuildProblem

    init(_ message: String, range: SourceRange? = nil, fix: String? = nil) {
        problem = BuildProblem(message, range: range, fix: fix)
    }

    init(_ problem: BuildProblem) { self.problem = problem }
}
