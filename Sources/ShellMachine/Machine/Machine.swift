// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// One run of the interpreter; used by one task.
///
/// Its topics stand in the files beside, its built-ins in `Builtins/`, the parts of its state in `State/`.
final class Machine {
    /// The number of a job, as `$!` has it, is this and its place on the record, from 1.
    static let firstJob = 100_000

    /// All that a command can change.
    var state: MachineState
    let programs: ProgramCatalog
    let limits: Limits
    /// Files and folders that stand for the output of `<( )`, as long as the machine runs.
    var substitutedFiles: [ImagePath] = []

    init(start: ShellState, programs: ProgramCatalog, limits: Limits, dialect: ShellDialect, name: String) {
        state = MachineState(
            world: World(start, limits: limits),
            shell: ShellEnvironment(dialect: dialect, name: name)
        )
        self.programs = programs
        self.limits = limits
        world.openStandardStreams()
        for (name, value) in start.environment where ShellParser.isName(name.utf8) {
            shell.variables[name] = ShellVariable(value: Text(value), isExported: true)
        }
        for name in start.unknownVariables where ShellParser.isName(name.utf8) {
            shell.variables[name] = ShellVariable(value: Text([], isUnknown: true), isExported: true)
        }
        shell.start(in: world.workingDirectory)
    }

    // MARK: Parts of the state

    var world: World {
        _read { yield state.world }
        _modify { yield &state.world }
    }

    var shell: ShellEnvironment {
        _read { yield state.shell }
        _modify { yield &state.shell }
    }

    var control: ControlState {
        _read { yield state.control }
        _modify { yield &state.control }
    }

    var position: ScriptPosition {
        _read { yield state.position }
        _modify { yield &state.position }
    }

    var last: CommandResult {
        _read { yield state.last }
        _modify { yield &state.last }
    }

    var dialect: ShellDialect { state.shell.dialect }

    /// `$?`.
    var status: Exit {
        get { state.last.status }
        set { state.last.status = newValue }
    }

    /// Why the program at hand failed.
    var failure: CommandFailure? {
        get { state.last.failure }
        set { state.last.failure = newValue }
    }

    /// Where the command at hand stands.
    var offset: Int {
        get { state.world.process.offset }
        set { state.world.process.offset = newValue }
    }

    var line: Int {
        get { state.position.line }
        set { state.position.line = newValue }
    }

    /// Sets options from letters, as `-ex` on a shell's command line.
    func setOptions(_ letters: String) {
        for letter in letters.utf8 {
            if let path = ShellOptions.letter(letter) { shell.options[keyPath: path] = true }
        }
    }

    /// Hands the result out and the state back.
    func finish(_ end: inout ShellState) -> ShellOutcome {
        world.flushAll()
        for path in substitutedFiles.reversed() { world.tree.remove(path) }
        if isStopped { status = .unknown }
        let output = world.file(.standardOutput)
        var failure: ShellOutcome.Problem?
        if case .code(let code) = status, code > 0xFF { status = .code(code & 0xFF) }
        if case .code(let code) = status, code != 0 {
            failure =
                last.problemExit == code || last.problem != nil
                ? last.problem
                : ShellOutcome.Problem(offset: offset, line: line, message: "exit code \(code)", arguments: [])
        }
        end.tree = world.tree
        end.uncertain = world.uncertain
        return ShellOutcome(
            exit: status,
            stdout: output.bytes,
            isStdoutComplete: !output.isUnknown,
            stderr: world.file(.standardError).bytes,
            log: world.record.log,
            unknowns: world.record.notes,
            failure: failure,
            trace: state.record.trace
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
        guard control.depth < min(limits.depth, 100) else {
            stop("the command nests deeper than is followed")
            return false
        }
        control.depth += 1
        body()
        control.depth -= 1
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
        case .dash: "\(shell.name): \(line): "
        case .ash: "\(shell.name): "
        case .bash: "\(shell.name): line \(line): "
        }
    }

    // MARK: Variables

    func value(of name: String) -> Text? { shell.variables[name]?.scalar }

    /// Sets a variable; false when it is read-only, which ends a shell that is not interactive.
    @discardableResult
    func set(_ name: String, _ value: Text) -> Bool {
        if shell.variables[name]?.isReadOnly == true {
            shellError(dialect == .bash ? "\(name): readonly variable" : "\(name): is read only")
            return false
        }
        guard let kept = converted(value, for: shell.variables[name]) else { return false }
        if shell.variables[name]?.association != nil {
            shell.variables[name]?.association?[[0x30]] = kept
        } else if shell.variables[name]?.elements != nil {
            shell.variables[name]?.elements?[0] = kept
        } else {
            shell.variables[name, default: ShellVariable()].value = kept
        }
        if shell.options.exportAll { shell.variables[name]?.isExported = true }
        return true
    }

    /// A value as a variable's attributes make it; nil after a message when it is to be a number and is none.
    func converted(_ value: Text, for variable: ShellVariable?) -> Text? {
        guard let variable else { return value }
        if variable.isInteger {
            guard !value.isUnknown else { return Text([0x30], isUnknown: true) }
            switch arithmetic([.literal(value.bytes, quoted: true)]) {
            case .value(let number): return Text(String(number))
            case .unknown: return Text([0x30], isUnknown: true)
            case .failed:
                if status == .code(0) { status = .code(1) }
                return nil
            }
        }
        guard let isUpper = variable.isUpper else { return value }
        return Text(value.bytes.map { $0.cased(upper: isUpper) }, isUnknown: value.isUnknown)
    }

    /// The environment of a command.
    var environment: [String: String] {
        var result: [String: String] = [:]
        for (name, variable) in shell.variables where variable.isExported {
            if let value = variable.scalar { result[name] = value.string }
        }
        return result
    }
}
