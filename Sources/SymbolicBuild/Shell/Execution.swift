// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// One run of the interpreter; used by one task.
///
/// Topics in the files beside: `+Commands`, `+Expansion`, `+Parameters`, `+Redirection`, `+Decisions`, `+Programs`, `+Files`.
final class Execution {
    var world: World
    let commands: CommandRegistry
    let limits: Limits
    var dialect: ShellDialect
    /// `$0`.
    var name: String

    var variables: [String: ShellVariable] = [:]
    var functions: [String: ShellCommand] = [:]
    var positional: [Text] = []
    var options = ShellOptions()
    var traps: [String: [UInt8]] = [:]
    var status: Exit = .code(0)
    /// The variables that `local` hides, innermost function last.
    var localScopes: [[String: ShellVariable?]] = []

    /// Above 0 where `set -e` does not look: conditions, `!`, all but the last of `&&` and `||`.
    var uncheckedDepth = 0
    /// Whether a failure of the command at hand would be the end of the build.
    var failureIsFatal = true
    var loopDepth = 0
    var functionDepth = 0
    /// How many subshells are open around the command at hand.
    var subshellDepth = 0
    /// How many commands were sent to the background, and how each ended.
    var backgroundCount = 0
    var backgroundExits: [Exit] = []
    /// The number of a job, as `$!` has it, is this and its place in `backgroundExits`, from 1.
    static let firstJob = 100_000
    /// Whether the redirection that failed ends a shell that is not interactive.
    var redirectionEndsShell = false
    var sourceDepth = 0
    /// How many constructs, functions, substitutions and scripts are open.
    var depth = 0
    var trace: [ShellOutcome.Step] = []
    var problem: ShellOutcome.Problem?
    var problemExit: Int?
    /// Why the program at hand failed.
    var failure: CommandFailure?

    /// Where the command at hand stands.
    var offset: Int {
        get { world.record.offset }
        set { world.record.offset = newValue }
    }
    var line = 1
    /// How many bytes of standard error there were when the command at hand began.
    var errorMark = 0
    /// Whether a `command` substitution ran in the assignment at hand.
    var substitutionStatus: Exit?
    var isInTrap = false
    /// Where `getopts` stands: the OPTIND it set, the word from 1, the letter in it.
    var getoptsPlace = (shown: 1, index: 1, letter: 1)
    /// Above 0 in scripts whose text is not the one that offsets count in.
    var frozenDepth = 0
    var frozenLine = 1
    init(state: ShellState, commands: CommandRegistry, limits: Limits, dialect: ShellDialect, name: String) {
        world = World(state, limits: limits)
        self.commands = commands
        self.limits = limits
        self.dialect = dialect
        self.name = name
        world.openStandardStreams()
        for (name, value) in state.environment where ShellParser.isName(name.utf8) {
            variables[name] = ShellVariable(value: Text(value), isExported: true)
        }
        resetShellVariables()
    }

    /// The variables that a starting shell sets.
    func resetShellVariables() {
        variables["IFS"] = ShellVariable(value: Text([0x20, 0x09, 0x0A]))
        variables["PWD"] = ShellVariable(
            value: Text(world.workingDirectory.bytes),
            isExported: variables["PWD"]?.isExported ?? (dialect == .bash)
        )
        variables["OPTIND"] = ShellVariable(value: Text("1"))
        if variables["PATH"] == nil {
            variables["PATH"] = ShellVariable(
                value: Text("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
            )
        }
        if dialect == .bash {
            variables["BASH_VERSION"] = ShellVariable(value: Text("5.2.15(1)-release"))
            variables["BASH"] = ShellVariable(value: Text("/bin/bash"))
            let level = Int(variables["SHLVL"]?.scalar?.string ?? "") ?? 0
            variables["SHLVL"] = ShellVariable(value: Text(String((level &+ 1) & 0xFFF)), isExported: true)
        }
        variables["PPID"] = ShellVariable(value: Text("0"))
    }

    /// Sets options from letters, as `-ex` on a shell's command line.
    func setOptions(_ letters: String) {
        for letter in letters.utf8 {
            if let path = ShellOptions.letter(letter) { options[keyPath: path] = true }
        }
    }

    /// Hands the result out and the state back.
    func finish(_ state: inout ShellState) -> ShellOutcome {
        world.flushAll()
        if isStopped { status = .unknown }
        let output = world.file(.standardOutput)
        var failure: ShellOutcome.Problem?
        if case .code(let code) = status, code > 0xFF { status = .code(code & 0xFF) }
        if case .code(let code) = status, code != 0 {
            failure =
                problemExit == code || problem != nil
                ? problem
                : ShellOutcome.Problem(offset: offset, line: line, message: "exit code \(code)", arguments: [])
        }
        state.tree = world.tree
        state.uncertainPaths = world.uncertainPaths
        return ShellOutcome(
            exit: status,
            stdout: output.bytes,
            isStdoutComplete: !output.isUnknown,
            stderr: world.file(.standardError).bytes,
            log: world.record.log,
            unknowns: world.record.notes,
            failure: failure,
            trace: trace
        )
    }

    // MARK: Limits

    /// Whether a limit was reached; then nothing more is carried out.
    var isStopped: Bool { world.isStopped }

    /// Counts work; false when the limit is reached.
    @discardableResult
    func charge(_ count: Int = 1) -> Bool {
        guard world.charge(count) else {
            status = .unknown
            return false
        }
        return true
    }

    func stop(_ reason: String) {
        world.stop(reason)
        status = .unknown
    }

    /// Runs something one level deeper; false when the limit of depth is reached.
    func nested(_ body: () -> Void) -> Bool {
        guard depth < min(limits.depth, 100) else {
            stop("the command nests deeper than is followed")
            return false
        }
        depth += 1
        body()
        depth -= 1
        return true
    }

    // MARK: Output

    func write(_ bytes: [UInt8], to descriptor: Int, isUnknown: Bool = false) {
        world.write(bytes, to: descriptor, isUnknown: isUnknown)
        if isStopped { status = .unknown }
    }

    func error(_ text: String) { write(Array(text.utf8), to: 2) }

    /// A message of the shell itself, in the dialect's manner.
    func shellError(_ message: String) {
        error(messageStart + message + "\n")
    }

    /// What the shell writes in front of a message, in the dialect's manner.
    var messageStart: String {
        switch dialect {
        case .dash: "\(name): \(line): "
        case .ash: "\(name): "
        case .bash: "\(name): line \(line): "
        }
    }

    // MARK: Variables

    func value(of name: String) -> Text? { variables[name]?.scalar }

    /// Sets a variable; false when it is read-only, which ends a shell that is not interactive.
    @discardableResult
    func set(_ name: String, _ value: Text) -> Bool {
        if variables[name]?.isReadOnly == true {
            shellError(dialect == .bash ? "\(name): readonly variable" : "\(name): is read only")
            return false
        }
        if variables[name]?.elements != nil {
            variables[name]?.elements?[0] = value
        } else {
            variables[name, default: ShellVariable()].value = value
        }
        if options.exportAll { variables[name]?.isExported = true }
        return true
    }

    /// The environment of a command.
    var environment: [String: String] {
        var result: [String: String] = [:]
        for (name, variable) in variables where variable.isExported {
            if let value = variable.scalar { result[name] = value.string }
        }
        return result
    }
}
