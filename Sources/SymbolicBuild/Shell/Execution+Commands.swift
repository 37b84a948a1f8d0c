// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.8 "Exit Status and Errors", 2.9 "Shell Commands".

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

extension Execution {
    // MARK: Scripts

    /// Runs a whole script: complete command by complete command, as the shells read it, then the EXIT trap.
    func runScript(_ script: [UInt8]) {
        _ = runSource(script)
        runExitTrap()
    }

    /// Runs a script in the shell at hand, as `.` and `eval` do.
    ///
    /// - Parameter isText: the text of `eval` or `.`; bash goes on behind one that it cannot read.
    func runSource(_ script: [UInt8], isText: Bool = false) -> Flow {
        var flow = Flow.normal
        let isFatal = failureIsFatal
        let done = nested {
            var parser = ShellParser(script, dialect: dialect, limits: limits)
            do {
                var next = try parser.nextCommand()
                if next == nil { status = .code(0) }
                while let command = next, flow == .normal, !isStopped {
                    let following: ShellCompleteCommand?
                    do {
                        following = try parser.nextCommand()
                    } catch {
                        flow = run(command.statements, isFatal: false)
                        if flow == .normal { throw error }
                        return
                    }
                    flow = run(command.statements, isFatal: isFatal && following == nil)
                    next = following
                }
            } catch let error as ShellSyntaxError {
                syntaxError(error)
                flow = isText && dialect == .bash && !isStopped ? .normal : .exited
            } catch {
                flow = .exited
            }
        }
        return done ? flow : .exited
    }

    func syntaxError(_ error: ShellSyntaxError) {
        guard !error.isOverLimit else {
            stop("the script nests deeper than is followed")
            return
        }
        if frozenDepth == 0 { offset = error.offset }
        line = error.line
        switch dialect {
        case .dash: shellError("Syntax error: \(error.message)")
        case .ash: self.error("\(name): syntax error: \(error.message)\n")
        case .bash: shellError("syntax error: \(error.message)")
        }
        status = .code(2)
        problem = ShellOutcome.Problem(
            offset: offset,
            line: frozenDepth == 0 ? line : frozenLine,
            message: "Syntax error: \(error.message)",
            arguments: []
        )
        problemExit = 2
    }

    func runExitTrap() {
        guard let body = traps.removeValue(forKey: "EXIT"), !body.isEmpty, !isStopped else { return }
        let kept = status
        isInTrap = true
        var flow = Flow.normal
        frozen { flow = self.runSource(body) }
        isInTrap = false
        if flow != .exited { status = kept }
    }

    /// Runs a script that offsets do not count in: its commands stand where the command at hand stands.
    func frozen(_ body: () -> Void) {
        let kept = line
        if frozenDepth == 0 { frozenLine = line }
        frozenDepth += 1
        body()
        frozenDepth -= 1
        line = kept
    }

    // MARK: Lists

    func run(_ statements: [ShellStatement], isFatal: Bool) -> Flow {
        for (index, statement) in statements.enumerated() {
            let flow = run(statement, isFatal: isFatal && index == statements.count - 1)
            if flow != .normal { return flow }
            if isStopped { return .exited }
        }
        return .normal
    }

    func run(_ statement: ShellStatement, isFatal: Bool) -> Flow {
        guard charge() else { return .exited }
        if options.noExecute { return .normal }
        if statement.isBackground {
            var copy = statement
            copy.isBackground = false
            let unchecked = uncheckedDepth
            let output = world.descriptors[1]
            let length = output.map { world.file($0).bytes.count } ?? 0
            subshell { self.run(copy, isFatal: false) }
            uncheckedDepth = unchecked
            if let output, world.file(output).bytes.count > length { world.update(output) { $0.isRaced = true } }
            backgroundCount += 1
            if backgroundExits.count < 10_000 { backgroundExits.append(status) }
            status = .code(0)
            return .normal
        }
        var flow = run(statement.first, rest: statement.rest[...], isFatal: isFatal)
        for index in statement.rest.indices {
            guard flow == .normal, !isStopped else { return isStopped ? .exited : flow }
            let (isAnd, pipeline) = statement.rest[index]
            let rest = statement.rest[(index + 1)...]
            switch status {
            case .code(let code):
                if (code == 0) == isAnd { flow = run(pipeline, rest: rest, isFatal: isFatal) }
            case .unknown:
                if isAnd, isFatal, rest.allSatisfy(\.isAnd) {
                    flow = run(pipeline, rest: rest, isFatal: isFatal)
                } else if isAnd {
                    flow = decide(isFatal: isFatal && rest.isEmpty) {
                        self.run(pipeline, rest: rest, isFatal: isFatal)
                    } or: {
                        self.status = .unknown
                        return .normal
                    }
                } else {
                    flow = decide(isFatal: isFatal && rest.isEmpty) {
                        self.status = .code(0)
                        return .normal
                    } or: {
                        self.run(pipeline, rest: rest, isFatal: isFatal)
                    }
                }
            }
        }
        return flow
    }

    /// Runs a part of an and-or list; all but the last part are not looked at by `set -e`.
    func run(
        _ pipeline: ShellPipeline,
        rest: ArraySlice<(isAnd: Bool, pipeline: ShellPipeline)>,
        isFatal: Bool
    ) -> Flow {
        let isLast = rest.isEmpty
        if !isLast { uncheckedDepth += 1 }
        defer { if !isLast { uncheckedDepth -= 1 } }
        return run(pipeline, isFatal: isFatal && rest.allSatisfy(\.isAnd))
    }

    func run(_ pipeline: ShellPipeline, isFatal: Bool) -> Flow {
        if pipeline.isNegated { uncheckedDepth += 1 }
        defer { if pipeline.isNegated { uncheckedDepth -= 1 } }
        let isFatal = isFatal && !pipeline.isNegated
        var flow: Flow
        if pipeline.commands.count == 1, let command = pipeline.commands.first {
            flow = run(command, isFatal: isFatal)
        } else {
            flow = runPipe(pipeline.commands, isFatal: isFatal)
        }
        if pipeline.isNegated, flow == .normal {
            if case .code(let code) = status { status = .code(code == 0 ? 1 : 0) }
        }
        if flow == .normal, options.errorExit, uncheckedDepth == 0, case .code(let code) = status, code != 0,
            pipeline.commands.count > 1
        {
            flow = .exited
        }
        return flow
    }

    func runPipe(_ commands: [ShellCommand], isFatal: Bool) -> Flow {
        var input = world.descriptors[0]
        var failed: Exit?
        for (index, command) in commands.enumerated() {
            let isLast = index == commands.count - 1
            let saved = world.descriptors
            let output = world.open(OpenFile(.capture))
            let read = input
            world.descriptors[0] = input
            if !isLast { world.descriptors[1] = output }
            subshell { self.run(command, isFatal: isLast && isFatal) }
            world.descriptors = saved
            if isStopped { return .exited }
            if index > 0, let read { world.forget(read) }
            if !isLast {
                let written = world.file(output)
                input = world.open(.input(Text(written.bytes, isUnknown: written.isUnknown)))
            }
            world.update(output) { $0.bytes = [] }
            if status != .code(0), failed != .unknown || status == .unknown { failed = status }
            if options.pipeFail, isLast, let failed { status = failed }
        }
        return .normal
    }

    /// Runs something that must not change this shell; the filesystem changes all the same.
    func subshell(_ body: () -> Flow) {
        let savedVariables = variables
        let savedFunctions = functions
        let savedPositional = positional
        let savedOptions = options
        let savedTraps = traps
        let savedDirectory = world.workingDirectory
        let savedUmask = world.umask
        let savedDescriptors = world.descriptors
        let savedScopes = localScopes
        let savedLoops = loopDepth
        let savedCommand = (offset, line)
        traps = traps.filter { $0.value.isEmpty }
        if dialect == .bash { loopDepth = 0 }
        subshellDepth += 1
        if nested({ _ = body() }) { runExitTrap() }
        subshellDepth -= 1
        if case .code(let code) = status, code > 0xFF { status = .code(code & 0xFF) }
        variables = savedVariables
        functions = savedFunctions
        positional = savedPositional
        options = savedOptions
        traps = savedTraps
        world.workingDirectory = savedDirectory
        world.umask = savedUmask
        world.descriptors = savedDescriptors
        localScopes = savedScopes
        loopDepth = savedLoops
        (offset, line) = savedCommand
    }

    // MARK: Commands

    func run(_ command: ShellCommand, isFatal: Bool) -> Flow {
        guard charge() else { return .exited }
        if frozenDepth == 0 { offset = command.offset }
        line = command.line
        if case .simple(let assignments, let words) = command.kind {
            failureIsFatal = isFatal || (options.errorExit && uncheckedDepth == 0)
            return checked(runSimple(assignments, words, command.redirections))
        }
        if case .function(let name, let body) = command.kind {
            functions[name] = body
            status = .code(0)
            return .normal
        }
        var flow = Flow.normal
        let done = nested {
            guard withRedirections(command.redirections, { flow = self.runCompound(command.kind, isFatal: isFatal) })
            else {
                flow = .normal
                return
            }
        }
        guard done else { return .exited }
        switch command.kind {
        case .subshell, .test, .arithmetic: return checked(flow)
        default: return flow
        }
    }

    /// Ends the shell when `set -e` is on, looks here, and the command failed.
    func checked(_ flow: Flow) -> Flow {
        guard flow == .normal, options.errorExit, uncheckedDepth == 0, case .code(let code) = status, code != 0 else {
            return flow
        }
        return .exited
    }
}
