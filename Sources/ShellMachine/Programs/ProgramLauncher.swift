// SPDX-License-Identifier: Apache-2.0

/// The machine as programs see it that start others.
public protocol ProgramLauncher: AnyObject {
    /// What the shell at hand writes in front of a builtin's message.
    var messageStart: String { get }

    /// Whether a variable of the shell has a value.
    func isVariableSet(_ name: String) -> Bool

    /// Whether an option of `set -o` is on.
    func isOptionSet(_ name: String) -> Bool

    /// Gives a variable of the shell a value.
    func setVariable(_ name: String, _ value: Text)

    /// Looks a program up by path when it has a slash, else in the folders of a search path.
    func find(_ name: String, searchPath: String, in world: inout World) -> ProgramSearch

    /// Runs a program; where it is not there, says so in the words of the program that starts it.
    func launch(
        _ words: [Text],
        by starter: String,
        isBusybox: Bool,
        environment: [String: Text],
        in world: inout World
    ) -> Outcome
}
