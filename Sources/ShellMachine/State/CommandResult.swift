// SPDX-License-Identifier: Apache-2.0

/// How the last command ended: what a subshell tells its parent.
struct CommandResult: Sendable {
    /// `$?`.
    var status = Exit.code(0)
    /// Why it failed.
    var failure: CommandFailure?
    /// What went wrong last, in case it is what ends the script.
    var problem: ShellOutcome.Problem?
    var problemExit: Int?
    /// How the last substitution in the assignment at hand ended; nil when there was none.
    var substitutionStatus: Exit?
    /// Whether the redirection that failed ends a shell that is not interactive.
    var redirectionEndsShell = false
}
