// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.8 "Exit Status and Errors", 2.9 "Shell Commands".

import Diagnostics
import ImageFilesystem
import OCISpec

extension Execution {
    // MARK: Scripts

    /// Runs a whole script: complete command by complete command, as the shells read it, then the EXIT trap.
    func runScript(_ script: [UInt8]) {
        _ = runSource(script)
        runExitTrap()
    }

    /// Runs a script in the shell at hand, as `.` and `eval` do.
    func runSource(_ script: [UInt8]) -> Flow {
        var flow = Flow.normal
        let isFatal = failureIsFatal
        let done = nested {
            var parser = ShellParser(script, dialect: dialect, maximalDepth: min(limits.depth, 64), firstLine: 1)
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
                flow = .exited
            } catch {
                flow = .exited
            }
        }
        return done ? flow : .exited
    }

    private func syntaxError(_ error: ShellSyntaxError) {
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

    private func run(_ statement: ShellStatement, isFatal: Bool) -> Flow {
        guard charge() else { return .exited }
        if statement.isBackground {
            var copy = statement
            copy.isBackground = false
            let unchecked = uncheckedDepth
            subshell { self.run(copy, isFatal: false) }
            uncheckedDepth = unchecked
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
    private func run(
        _ pipeline: ShellPipeline,
        rest: ArraySlice<(isAnd: Bool, pipeline: ShellPipeline)>,
        isFatal: Bool
    ) -> Flow {
        let isLast = rest.isEmpty
        if !isLast { uncheckedDepth += 1 }
        defer { if !isLast { uncheckedDepth -= 1 } }
        return run(pipeline, isFatal: isFatal && rest.allSatisfy(\.isAnd))
    }

    private func run(_ pipeline: ShellPipeline, isFatal: Bool) -> Flow {
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

    private func runPipe(_ commands: [ShellCommand], isFatal: Bool) -> Flow {
        var input: OpenFile? = descriptors[0]
        var failed: Exit?
        for (index, command) in commands.enumerated() {
            let isLast = index == commands.count - 1
            let saved = descriptors
            let output = OpenFile(.capture)
            descriptors[0] = input
            if !isLast { descriptors[1] = output }
            subshell { self.run(command, isFatal: isLast && isFatal) }
            descriptors = saved
            if isStopped { return .exited }
            if !isLast {
                let next = OpenFile(.input)
                next.bytes = output.bytes
                next.isUnknown = output.isUnknown
                input = next
            }
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
        let savedDirectory = state.workingDirectory
        let savedUmask = umask
        let savedDescriptors = descriptors
        let savedScopes = localScopes
        let savedLoops = loopDepth
        let savedCommand = (offset, line)
        traps = traps.filter { $0.value.isEmpty }
        loopDepth = 0
        if nested({ _ = body() }) { runExitTrap() }
        variables = savedVariables
        functions = savedFunctions
        positional = savedPositional
        options = savedOptions
        traps = savedTraps
        state.workingDirectory = savedDirectory
        umask = savedUmask
        descriptors = savedDescriptors
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

    private func runCompound(_ kind: ShellCommand.Kind, isFatal: Bool) -> Flow {
        switch kind {
        case .simple, .function: return .normal
        case .subshell(let body):
            subshell { self.run(body, isFatal: isFatal) }
            return isStopped ? .exited : .normal
        case .group(let body): return run(body, isFatal: isFatal)
        case .conditional(let branches, let otherwise):
            return runConditional(branches[...], otherwise, isFatal: isFatal)
        case .loop(let isUntil, let condition, let body): return runLoop(isUntil, condition, body)
        case .forEach(let name, let words, let body): return runForEach(name, words, body)
        case .forArithmetic(let start, let condition, let step, let body):
            return runForArithmetic(start, condition, step, body)
        case .caseOf(let word, let items): return runCase(word, items, isFatal: isFatal)
        case .test(let expression):
            status = exit(of: evaluate(expression))
            return .normal
        case .arithmetic(let parts):
            switch arithmetic(parts) {
            case .value(let value): status = .code(value == 0 ? 1 : 0)
            case .unknown: status = .unknown
            case .failed: status = .code(1)
            }
            return .normal
        }
    }

    func exit(of answer: Bool?) -> Exit { answer.map { .code($0 ? 0 : 1) } ?? .unknown }

    /// Runs a condition, which `set -e` does not look at.
    private func runCondition(_ statements: [ShellStatement]) -> Flow {
        uncheckedDepth += 1
        defer { uncheckedDepth -= 1 }
        return run(statements, isFatal: false)
    }

    private func runConditional(
        _ branches: ArraySlice<(condition: [ShellStatement], body: [ShellStatement])>,
        _ otherwise: [ShellStatement]?,
        isFatal: Bool
    ) -> Flow {
        guard let branch = branches.first else {
            if let otherwise { return run(otherwise, isFatal: isFatal) }
            status = .code(0)
            return .normal
        }
        let flow = runCondition(branch.condition)
        guard flow == .normal, !isStopped else { return isStopped ? .exited : flow }
        switch status {
        case .code(0): return run(branch.body, isFatal: isFatal)
        case .code: return runConditional(branches.dropFirst(), otherwise, isFatal: isFatal)
        case .unknown:
            return decide(isFatal: isFatal) {
                self.run(branch.body, isFatal: isFatal)
            } or: {
                self.runConditional(branches.dropFirst(), otherwise, isFatal: isFatal)
            }
        }
    }

    /// What a loop does after its body: nil to go on.
    private func afterBody(_ flow: Flow) -> Flow? {
        switch flow {
        case .normal: return isStopped ? .exited : nil
        case .breakLoop(let count): return count > 1 && loopDepth > 1 ? .breakLoop(count - 1) : .normal
        case .continueLoop(let count): return count > 1 && loopDepth > 1 ? .continueLoop(count - 1) : nil
        case .returned, .exited: return flow
        }
    }

    private func runLoop(_ isUntil: Bool, _ condition: [ShellStatement], _ body: [ShellStatement]) -> Flow {
        loopDepth += 1
        defer { loopDepth -= 1 }
        var result = Exit.code(0)
        while charge() {
            let flow = runCondition(condition)
            if let end = afterBody(flow) {
                if flow == .normal || isStopped { return end }
                if case .breakLoop = flow { status = .code(0) }
                return end
            }
            if flow != .normal { continue }
            guard case .code(let code) = status else {
                // Whether the body runs at all, and how often, is not known: once or never, and what differs is unknown.
                let flow = decide(isFatal: false) {
                    self.run(body, isFatal: false)
                } or: {
                    self.status = .code(0)
                    return .normal
                }
                if let end = afterBody(flow), end != .normal { return end }
                return .normal
            }
            guard (code == 0) != isUntil else { break }
            let bodyFlow = run(body, isFatal: false)
            if let end = afterBody(bodyFlow) { return end }
            result = status
        }
        if isStopped { return .exited }
        status = result
        return .normal
    }

    private func runForEach(_ name: String, _ words: [ShellWord]?, _ body: [ShellStatement]) -> Flow {
        let values: [Text]
        if let words {
            guard let expanded = expand(words) else { return expansionFailed() }
            values = expanded
        } else {
            values = positional
        }
        loopDepth += 1
        defer { loopDepth -= 1 }
        status = .code(0)
        for value in values {
            guard charge() else { return .exited }
            guard set(name, value) else {
                status = .code(2)
                return .exited
            }
            if value.isUnknown {
                let flow = decide(isFatal: false) {
                    self.run(body, isFatal: false)
                } or: {
                    self.status = .code(0)
                    return .normal
                }
                if let end = afterBody(flow) { return end }
                continue
            }
            if let end = afterBody(run(body, isFatal: false)) { return end }
        }
        return .normal
    }

    private func runForArithmetic(
        _ start: [WordPart],
        _ condition: [WordPart],
        _ step: [WordPart],
        _ body: [ShellStatement]
    ) -> Flow {
        loopDepth += 1
        defer { loopDepth -= 1 }
        guard case .value = arithmetic(start) else { return arithmeticFailed() }
        status = .code(0)
        while charge() {
            if !condition.isEmpty {
                guard case .value(let value) = arithmetic(condition) else { return arithmeticFailed() }
                if value == 0 { break }
            }
            if let end = afterBody(run(body, isFatal: false)) { return end }
            guard case .value = arithmetic(step) else { return arithmeticFailed() }
        }
        return isStopped ? .exited : .normal
    }

    private func arithmeticFailed() -> Flow {
        status = .code(1)
        return .normal
    }

    private func runCase(_ word: ShellWord, _ items: [ShellCommand.CaseItem], isFatal: Bool) -> Flow {
        guard let subject = expandToText(word) else { return expansionFailed() }
        status = .code(0)
        return runCase(subject, items[...], isFatal: isFatal)
    }

    private func runCase(_ subject: Text, _ items: ArraySlice<ShellCommand.CaseItem>, isFatal: Bool) -> Flow {
        for index in items.indices {
            let item = items[index]
            var matches: Bool? = false
            for word in item.patterns {
                guard charge() else { return .exited }
                guard let pattern = expandToPattern(word) else { return expansionFailed() }
                let compiled = ShellPattern(pattern.bytes)
                if pattern.bytes == [UInt8(ascii: "*")] {
                    matches = true
                    break
                }
                if pattern.isUnknown || subject.isUnknown {
                    matches = nil
                } else if compiled.matches(subject.bytes) {
                    matches = true
                    break
                }
            }
            switch matches {
            case false: continue
            case true: return runCaseBody(subject, items[index...], isFatal: isFatal)
            case nil:
                return decide(isFatal: isFatal) {
                    self.runCaseBody(subject, items[index...], isFatal: isFatal)
                } or: {
                    self.runCase(subject, items[(index + 1)...], isFatal: isFatal)
                }
            }
        }
        return .normal
    }

    private func runCaseBody(_ subject: Text, _ items: ArraySlice<ShellCommand.CaseItem>, isFatal: Bool) -> Flow {
        for index in items.indices {
            status = .code(0)
            let flow = run(items[index].body, isFatal: isFatal)
            if flow != .normal { return flow }
            switch items[index].ending {
            case .stop: return .normal
            case .fallThrough: continue
            case .testNext: return runCase(subject, items[(index + 1)...], isFatal: isFatal)
            }
        }
        return .normal
    }

    func expansionFailed() -> Flow {
        if status == .code(0) { status = .code(dialect == .bash ? 1 : 2) }
        recordProblem([])
        return .exited
    }

    // MARK: Functions

    func call(_ body: ShellCommand, _ arguments: [Text], isFatal: Bool) -> Flow {
        let savedPositional = positional
        positional = Array(arguments.dropFirst())
        localScopes.append([:])
        functionDepth += 1
        let savedLoops = loopDepth
        if dialect == .bash { loopDepth = 0 }
        var flow = Flow.normal
        let done = nested { flow = run(body, isFatal: isFatal) }
        loopDepth = savedLoops
        functionDepth -= 1
        for (name, old) in localScopes.popLast() ?? [:] {
            if let old { variables[name] = old } else { variables[name] = nil }
        }
        positional = savedPositional
        guard done else { return .exited }
        return flow == .returned ? .normal : flow
    }

    /// Keeps what went wrong last, in case it is what ends the script.
    func recordProblem(_ arguments: [Text]) {
        guard case .code(let code) = status, code != 0 else { return }
        var message = ""
        if errorMark <= standardError.bytes.count {
            let lines = standardError.bytes[errorMark...].split(separator: 0x0A)
            if let last = lines.last { message = String(decoding: last, as: UTF8.self) }
        }
        let words = arguments.map(\.string)
        if message.isEmpty {
            message = (words.isEmpty ? "the command" : words.joined(separator: " ")) + " ended with exit code \(code)"
        }
        problem = ShellOutcome.Problem(
            offset: offset,
            line: frozenDepth == 0 ? line : frozenLine,
            message: message,
            arguments: words
        )
        problemExit = code
    }
}
