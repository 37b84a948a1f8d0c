// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// One run of the interpreter; used by one task.
///
/// Topics in the files beside: `+Commands`, `+Expansion`, `+Parameters`, `+Redirection`, `+Decisions`, `+Programs`, `+Files`.
final class Execution {
    var state: ShellState
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
    var descriptors: [Int: OpenFile] = [:]
    /// The variables that `local` hides, innermost function last.
    var localScopes: [[String: ShellVariable?]] = []
    var umask: UInt16 = 0o022

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
    /// Whether the command at hand wrote to standard output where that is closed.
    var wroteToNothing = false
    /// Whether the command at hand read a folder or a descriptor that is closed.
    var readFromNothing: String?
    var sourceDepth = 0
    /// How many constructs, functions, substitutions and scripts are open.
    var depth = 0
    var steps = 0
    var outputBytes = 0
    /// Set when a limit was reached; then nothing more is carried out.
    var isStopped = false

    let standardOutput = OpenFile(.capture)
    let standardError = OpenFile(.capture)
    var log: [UInt8] = []
    var unknowns: [ShellOutcome.Note] = []
    private var seenUnknowns: Set<ShellOutcome.Note> = []
    var trace: [ShellOutcome.Step] = []
    var problem: ShellOutcome.Problem?
    var problemExit: Int?

    /// Where the command at hand stands.
    var offset = 0
    var line = 1
    /// How many bytes of standard error there were when the command at hand began.
    var errorMark = 0
    /// Whether a lookup of the command at hand missed something where files are uncertain.
    var missedUncertainly = false
    /// Whether a `command` substitution ran in the assignment at hand.
    var substitutionStatus: Exit?
    var isInTrap = false
    /// Where `getopts` stands: the OPTIND it set, the word from 1, the letter in it.
    var getoptsPlace = (shown: 1, index: 1, letter: 1)
    /// Above 0 in scripts whose text is not the one that offsets count in.
    var frozenDepth = 0
    var frozenLine = 1
    /// Whether the image has files with several names; looked up once, then kept true by `ln`.
    lazy var hasHardLinks: Bool = {
        var result = false
        state.tree.walk { _, node in
            if case .hardLink = node.kind { result = true }
            return !result
        }
        return result
    }()

    init(state: ShellState, commands: CommandRegistry, limits: Limits, dialect: ShellDialect, name: String) {
        self.state = state
        self.commands = commands
        self.limits = limits
        self.dialect = dialect
        self.name = name
        standardOutput.isLogged = true
        standardError.isLogged = true
        descriptors = [0: OpenFile.input(Text([])), 1: standardOutput, 2: standardError]
        for (name, value) in state.environment where ShellParser.isName(name.utf8) {
            variables[name] = ShellVariable(value: Text(value), isExported: true)
        }
        resetShellVariables()
    }

    /// The variables that a starting shell sets.
    func resetShellVariables() {
        variables["IFS"] = ShellVariable(value: Text([0x20, 0x09, 0x0A]))
        variables["PWD"] = ShellVariable(
            value: Text(state.workingDirectory.bytes),
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
        flushAll()
        var failure: ShellOutcome.Problem?
        if case .code(let code) = status, code > 0xFF { status = .code(code & 0xFF) }
        if case .code(let code) = status, code != 0 {
            failure =
                problemExit == code || problem != nil
                ? problem
                : ShellOutcome.Problem(offset: offset, line: line, message: "exit code \(code)", arguments: [])
        }
        state.tree = self.state.tree
        state.uncertainPaths = self.state.uncertainPaths
        return ShellOutcome(
            exit: status,
            stdout: standardOutput.bytes,
            isStdoutComplete: !standardOutput.isUnknown,
            stderr: standardError.bytes,
            log: log,
            unknowns: unknowns,
            failure: failure,
            trace: trace
        )
    }

    // MARK: Records

    /// Puts something on the record; the same thing at the same place only once.
    func note(_ reason: String, _ scope: Unknown.Scope, at place: Int? = nil) {
        let note = ShellOutcome.Note(offset: place ?? offset, unknown: Unknown(reason: reason, scope: scope))
        if unknowns.count < 1_000, seenUnknowns.insert(note).inserted { unknowns.append(note) }
    }

    /// Says that files may be other than the tree has them.
    func makeUncertain(_ path: ImagePath) {
        if state.uncertainPaths.contains(where: { path.isInside($0) }) { return }
        state.uncertainPaths.removeAll { $0.isInside(path) }
        state.uncertainPaths.append(path)
    }

    /// Whether the tree can be trusted about a path.
    func isUncertain(_ path: ImagePath) -> Bool { state.uncertainPaths.contains { path.isInside($0) } }

    // MARK: Limits

    /// Counts work; false when the limit is reached.
    @discardableResult
    func charge(_ count: Int = 1) -> Bool {
        guard !isStopped else { return false }
        steps &+= max(0, count)
        if steps > limits.shellSteps {
            stop("the command takes more than \(limits.shellSteps) steps and was not followed to its end")
            return false
        }
        return true
    }

    func stop(_ reason: String) {
        guard !isStopped else { return }
        isStopped = true
        note(reason, .filesystem)
        makeUncertain(.root)
        status = .unknown
        standardOutput.isUnknown = true
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
        guard let file = descriptors[descriptor] else {
            if descriptor == 1, !bytes.isEmpty { wroteToNothing = true }
            return
        }
        write(bytes, to: file, isUnknown: isUnknown)
    }

    func write(_ bytes: [UInt8], to file: OpenFile, isUnknown: Bool = false) {
        outputBytes &+= bytes.count
        let bound = min(limits.entryBytes, 64 << 20)
        guard outputBytes <= bound else {
            stop("the command writes more than \(bound) bytes and was not followed to its end")
            return
        }
        steps &+= bytes.count / 4_096
        switch file.kind {
        case .capture:
            file.bytes.append(contentsOf: bytes)
            if isUnknown || (file.isRaced && !bytes.isEmpty) { file.isUnknown = true }
            if file.isLogged { log.append(contentsOf: bytes) }
        case .file:
            file.pending.append(contentsOf: bytes)
            if isUnknown { file.pendingIsUnknown = true }
        case .null, .input: return
        }
    }

    func error(_ text: String) { write(Array(text.utf8), to: 2) }

    /// A message of the shell itself, in the dialect's manner.
    func shellError(_ message: String) {
        switch dialect {
        case .dash: error("\(name): \(line): \(message)\n")
        case .ash: error("\(name): \(message)\n")
        case .bash: error("\(name): line \(line): \(message)\n")
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
