// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language; dash 0.5.12, BusyBox 1.36, bash 5.2.

public import Diagnostics
public import ShellSyntax

/// Follows shell scripts on a model of an image's filesystem. Nothing is ever executed.
///
/// What a command would do comes from the models of its `ProgramCatalog`. Where the interpreter does not know an exit code it
/// decides as follows, and says so on the record.
/// - A command whose exit code is unknown, and whose failure would have ended the build (the last of a script, before `&&`
///   there, or under `set -e`), is taken to have succeeded: later instructions exist only in that world.
/// - Any other decision on something unknown is followed both ways from the same state. Where one way ends the script with an
///   error, the other is taken. Otherwise the two results are laid over each other: what differs (files, variables, exit
///   code) becomes unknown.
public struct ShellInterpreter: Sendable {
    /// The programs that scripts find.
    public let programs: ProgramCatalog
    /// How many steps a script may take, how deep it may nest, how much it may write.
    public let limits: Limits

    /// Makes an interpreter.
    public init(programs: ProgramCatalog, limits: Limits = .standard) {
        self.programs = programs
        self.limits = limits
    }

    /// Follows a script in the dialect given, without asking whether the image has a shell.
    ///
    /// - Parameters:
    ///   - name: `$0`, which messages begin with.
    ///   - arguments: the positional parameters.
    public func run(
        _ script: [UInt8],
        dialect: ShellDialect,
        name: String = "/bin/sh",
        arguments: [String] = [],
        options: String = "",
        state: inout ShellState
    ) -> ShellOutcome {
        let machine = Machine(start: state, programs: programs, limits: limits, dialect: dialect, name: name)
        machine.shell.positional = arguments.map { Text($0) }
        machine.setOptions(options)
        machine.runScript(script)
        return machine.finish(&state)
    }

    /// Follows a script in the dialect given; see `run(_:dialect:name:arguments:options:state:)` for bytes.
    public func run(_ script: String, dialect: ShellDialect, state: inout ShellState) -> ShellOutcome {
        run(Array(script.utf8), dialect: dialect, state: &state)
    }

    /// Follows a command as an exec-form RUN starts it: no shell is needed, and the words are taken as they are.
    ///
    /// For a shell-form RUN the words are the shell's own and then the script (`/bin/sh`, `-c`, text): the program is looked for
    /// in the image, and its dialect is that of the program found. When the last word is a script for a shell, offsets count in
    /// that text.
    public func runExec(arguments: [String], state: inout ShellState) -> ShellOutcome {
        let machine = Machine(start: state, programs: programs, limits: limits, dialect: .dash, name: "")
        machine.runProcess(arguments)
        return machine.finish(&state)
    }
}
