// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.8 "Exit Status and Errors", 2.9 "Shell Commands".

import ShellSyntax

extension Machine {
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
        let isFatal = control.failureIsFatal
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
        if position.frozenDepth == 0 { offset = error.offset }
        line = error.line
        switch dialect {
        case .dash: shellError("Syntax error: \(error.message)")
        case .ash: self.error("\(shell.name): syntax error: \(error.message)\n")
        case .bash: shellError("syntax error: \(error.message)")
        }
        status = .code(2)
        last.problem = ShellOutcome.Problem(
            offset: offset,
            line: position.frozenDepth == 0 ? line : position.frozenLine,
            message: "Syntax error: \(error.message)",
            arguments: []
        )
        last.problemExit = 2
    }

    func runExitTrap() {
        guard let body = shell.traps.removeValue(forKey: "EXIT"), !body.isEmpty, !isStopped else { return }
        let kept = status
        var flow = Flow.normal
        frozen { flow = self.runSource(body) }
        if flow != .exited { status = kept }
    }

    /// Runs a script that offsets do not count in: its commands stand where the command at hand stands.
    func frozen(_ body: () -> Void) {
        let kept = line
        if position.frozenDepth == 0 { position.frozenLine = line }
        position.frozenDepth += 1
        body()
        position.frozenDepth -= 1
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
        if shell.options.noExecute { return .normal }
        if statement.isBackground {
            var copy = statement
            copy.isBackground = false
            let output = world.process.descriptors[1]
            let length = output.map { world.file($0).bytes.count } ?? 0
            subshell { self.run(copy, isFatal: false) }
            if let output, world.file(output).bytes.count > length { world.update(output) { $0.isRaced = true } }
            state.record.jobCount += 1
            if state.record.jobExits.count < 10_000 { state.record.jobExits.append(status) }
            shell.lastJob = state.record.jobCount
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
        if !isLast { control.uncheckedDepth += 1 }
        defer { if !isLast { control.uncheckedDepth -= 1 } }
        return run(pipeline, isFatal: isFatal && rest.allSatisfy(\.isAnd))
    }

    func run(_ pipeline: ShellPipeline, isFatal: Bool) -> Flow {
        if pipeline.isNegated { control.uncheckedDepth += 1 }
        defer { if pipeline.isNegated { control.uncheckedDepth -= 1 } }
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
        if flow == .normal, shell.options.errorExit, control.uncheckedDepth == 0, case .code(let code) = status,
            code != 0,
            pipeline.commands.count > 1
        {
            flow = .exited
        }
        return flow
    }

    func runPipe(_ commands: [ShellCommand], isFatal: Bool) -> Flow {
        control.failureIsFatal = isFatal || (shell.options.errorExit && control.uncheckedDepth == 0)
        var input = world.process.descriptors[0]
        var failed: Exit?
        for (index, command) in commands.enumerated() {
            let isLast = index == commands.count - 1
            let saved = world.process.descriptors
            let output = world.open(OpenFile(.capture))
            let read = input
            world.process.descriptors[0] = input
            if !isLast { world.process.descriptors[1] = output }
            subshell { self.run(command, isFatal: isLast && isFatal) }
            world.process.descriptors = saved
            if isStopped { return .exited }
            if index > 0, let read { world.forget(read) }
            if !isLast {
                let written = world.file(output)
                input = world.open(.input(Text(written.bytes, isUnknown: written.isUnknown)))
            }
            world.update(output) { $0.bytes = [] }
            if status != .code(0), failed != .unknown || status == .unknown { failed = status }
            if shell.options.pipeFail, isLast, let failed { status = failed }
        }
        return .normal
    }

    /// Runs something as a fork of this shell: the files and how it ended are all that is left of it.
    func subshell(_ body: () -> Flow) {
        let parent = state.process
        shell.traps = shell.traps.filter { $0.value.isEmpty }
        if dialect == .bash { control.loopDepth = 0 }
        control.subshellDepth += 1
        if nested({ _ = body() }) { runExitTrap() }
        world.flushAll()
        state.process = parent
        if case .code(let code) = status, code > 0xFF { status = .code(code & 0xFF) }
    }

    // MARK: Commands

    func run(_ command: ShellCommand, isFatal: Bool) -> Flow {
        guard charge() else { return .exited }
        if position.frozenDepth == 0 { offset = command.offset }
        line = command.line
        control.failureIsFatal = isFatal || (shell.options.errorExit && control.uncheckedDepth == 0)
        if case .simple(let assignments, let words) = command.kind {
            return checked(runSimple(assignments, words, command.redirections))
        }
        if case .function(let name, let body) = command.kind {
            shell.functions[name] = body
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
        guard flow == .normal, shell.options.errorExit, control.uncheckedDepth == 0, case .code(let code) = status,
            code != 0
        else {
            return flow
        }
        return .exited
    }
}
