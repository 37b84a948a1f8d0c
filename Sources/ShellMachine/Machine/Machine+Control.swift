// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.8 "Exit Status and Errors", 2.9 "Shell Commands".

import ShellSyntax

extension Machine {
    func runCompound(_ kind: ShellCommand.Kind, isFatal: Bool) -> Flow {
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
    func runCondition(_ statements: [ShellStatement]) -> Flow {
        control.uncheckedDepth += 1
        defer { control.uncheckedDepth -= 1 }
        return run(statements, isFatal: false)
    }

    func runConditional(
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
    func afterBody(_ flow: Flow) -> Flow? {
        switch flow {
        case .normal: return isStopped ? .exited : nil
        case .breakLoop(let count): return count > 1 && control.loopDepth > 1 ? .breakLoop(count - 1) : .normal
        case .continueLoop(let count): return count > 1 && control.loopDepth > 1 ? .continueLoop(count - 1) : nil
        case .returned, .exited: return flow
        }
    }

    func runLoop(_ isUntil: Bool, _ condition: [ShellStatement], _ body: [ShellStatement]) -> Flow {
        control.loopDepth += 1
        defer { control.loopDepth -= 1 }
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
                let flow = runPerhaps(body)
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

    /// Runs the body of a loop of which nobody knows whether it runs: what differs is unknown.
    private func runPerhaps(_ body: [ShellStatement]) -> Flow {
        decide(isFatal: false) {
            self.run(body, isFatal: false)
        } or: {
            self.status = .code(0)
            return .normal
        }
    }

    func runForEach(_ name: String, _ words: [ShellWord]?, _ body: [ShellStatement]) -> Flow {
        let values: [Text]
        if let words {
            let outerPattern = world.hasOpenPattern
            world.hasOpenPattern = false
            defer { world.hasOpenPattern = outerPattern }
            guard var expanded = expand(words) else { return expansionFailed() }
            // There may be more rounds than names are known.
            if world.hasOpenPattern { expanded.append(Text([], isUnknown: true)) }
            world.hasOpenPattern = false
            values = expanded
        } else {
            values = shell.positional
        }
        control.loopDepth += 1
        defer { control.loopDepth -= 1 }
        status = .code(0)
        for value in values {
            guard charge() else { return .exited }
            guard set(name, value) else {
                status = .code(dialect == .bash ? 1 : 2)
                return dialect == .bash ? .normal : .exited
            }
            if value.isUnknown {
                let flow = runPerhaps(body)
                if let end = afterBody(flow) { return end }
                continue
            }
            if let end = afterBody(run(body, isFatal: false)) { return end }
        }
        return .normal
    }

    func runForArithmetic(
        _ start: [WordPart],
        _ condition: [WordPart],
        _ step: [WordPart],
        _ body: [ShellStatement]
    ) -> Flow {
        control.loopDepth += 1
        defer { control.loopDepth -= 1 }
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

    func arithmeticFailed() -> Flow {
        status = .code(1)
        return .normal
    }

    func runCase(_ word: ShellWord, _ items: [ShellCommand.CaseItem], isFatal: Bool) -> Flow {
        guard let subject = expandToText(word) else { return expansionFailed() }
        status = .code(0)
        return runCase(subject, items[...], isFatal: isFatal)
    }

    func runCase(_ subject: Text, _ items: ArraySlice<ShellCommand.CaseItem>, isFatal: Bool) -> Flow {
        for index in items.indices {
            let item = items[index]
            var matches: Bool? = false
            for word in item.patterns {
                guard charge() else { return .exited }
                guard let pattern = expandToPattern(word) else { return expansionFailed() }
                let compiled = ShellPattern(pattern.bytes, dialect)
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

    func runCaseBody(_ subject: Text, _ items: ArraySlice<ShellCommand.CaseItem>, isFatal: Bool) -> Flow {
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
        let savedPositional = shell.positional
        shell.positional = Array(arguments.dropFirst())
        shell.localScopes.append([:])
        shell.functionNames.append(arguments.first?.string ?? "")
        control.functionDepth += 1
        let savedLoops = control.loopDepth
        control.loopDepth = 0
        var flow = Flow.normal
        let done = nested { flow = run(body, isFatal: isFatal) }
        control.loopDepth = savedLoops
        control.functionDepth -= 1
        for (name, old) in shell.localScopes.popLast() ?? [:] {
            if let old { shell.variables[name] = old } else { shell.variables[name] = nil }
        }
        shell.positional = savedPositional
        _ = shell.functionNames.popLast()
        guard done else { return .exited }
        return flow == .returned ? .normal : flow
    }

    /// Keeps what went wrong last, in case it is what ends the script.
    func recordProblem(_ arguments: [Text]) {
        guard case .code(let code) = status, code != 0 else { return }
        var message = ""
        let written = world.file(.standardError).bytes
        if position.errorMark <= written.count {
            let lines = written[position.errorMark...].split(separator: 0x0A)
            if let last = lines.last { message = String(decoding: last, as: UTF8.self) }
        }
        let words = arguments.map(\.string)
        if message.isEmpty {
            message = (words.isEmpty ? "the command" : words.joined(separator: " ")) + " ended with exit code \(code)"
        }
        last.problem = ShellOutcome.Problem(
            offset: offset,
            line: position.frozenDepth == 0 ? line : position.frozenLine,
            message: message,
            arguments: words,
            reason: failure
        )
        last.problemExit = code
    }
}
