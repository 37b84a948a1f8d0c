// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.9.1 "Simple Commands".

import Diagnostics
import ShellSyntax

extension Machine {
    private static let endings: Set<[UInt8]> = [Array("exit".utf8), Array("return".utf8)]

    func runSimple(_ assignments: [ShellAssignment], _ words: [ShellWord], _ redirections: [ShellRedirection]) -> Flow {
        position.errorMark = world.file(.standardError).bytes.count
        world.missedUncertainly = false
        let outerPattern = world.hasOpenPattern
        world.hasOpenPattern = false
        defer { world.hasOpenPattern = outerPattern }
        last.substitutionStatus = nil
        // `… || { echo "that failed"; exit 1; }` ends with the reason of what failed before it.
        let before = failure
        if !(words.first?.plainLiteral.map(Self.endings.contains) ?? false) { failure = nil }
        defer { if status.isSuccess, failure == nil { failure = before } }
        let isFatal = control.failureIsFatal
        guard let fields = expandCommand(words) else {
            return expansionFailed()
        }
        guard let first = fields.first else {
            return runAssignments(assignments, redirections)
        }
        var flow = Flow.normal
        let place = (offset, line)
        if first.bytes == Array("exec".utf8), shell.functions["exec"] == nil {
            world.flushAll()
            guard apply(redirections) else {
                recordProblem(fields)
                return dialect == .bash ? .normal : .exited
            }
            flow = runExec(fields, assignments)
        } else {
            let isDone = withRedirections(redirections) {
                guard self.withAssignments(assignments, fields, { flow = self.execute(fields, isFatal: isFatal) })
                else {
                    flow = self.expansionFailed()
                    // bash leaves the command out and goes on.
                    if self.dialect == .bash, flow == .exited, self.status == .code(1) { flow = .normal }
                    return
                }
            }
            if !isDone {
                let isSpecial = BuiltinRegistry.isSpecial(first.string, dialect)
                recordProblem(fields)
                if isSpecial || last.redirectionEndsShell { flow = .exited }
            }
        }
        if position.frozenDepth == 0 { (offset, line) = place }
        if state.record.trace.count < 10_000, !isStopped {
            state.record.trace.append(ShellOutcome.Step(arguments: fields.map(\.string), offset: offset, exit: status))
        }
        if case .code(let code) = status, code != 0, flow != .returned || control.functionDepth == 0 {
            recordProblem(fields)
        }
        return isStopped ? .exited : flow
    }

    /// Expands the words of a command; what looks like an assignment behind `export` and its kin is not split.
    private func expandCommand(_ words: [ShellWord]) -> [Text]? {
        guard let first = words.first else { return [] }
        guard let plain = first.plainLiteral, BuiltinRegistry.isDeclaring(plain, dialect) else { return expand(words) }
        var result = [Text(plain)]
        for word in words.dropFirst() {
            if case .literal(let bytes, false)? = word.parts.first,
                let equals = bytes.firstIndex(of: UInt8(ascii: "=")),
                ShellParser.isName(bytes[..<equals])
            {
                guard let text = expandToText(word, isDeclaration: true) else { return nil }
                result.append(text)
            } else {
                guard let fields = expand([word]) else { return nil }
                result += fields
            }
        }
        return result
    }

    private func runAssignments(_ assignments: [ShellAssignment], _ redirections: [ShellRedirection]) -> Flow {
        var isDone = true
        let redirected = withRedirections(redirections) {
            for assignment in assignments where isDone { isDone = self.assign(assignment) }
        }
        guard redirected else {
            recordProblem([])
            return .normal
        }
        guard isDone else { return expansionFailed() }
        status = last.substitutionStatus ?? .code(0)
        recordProblem(assignments.map { Text($0.name + "=…") })
        return isStopped ? .exited : .normal
    }

    /// Carries out an assignment in this shell; false when it cannot be.
    func assign(_ assignment: ShellAssignment) -> Bool {
        if let words = assignment.elements { return assign(words, to: assignment.name, appends: assignment.appends) }
        guard var value = expandToText(assignment.value, isAssignment: true) else { return false }
        if let index = assignment.index {
            return assign(value, to: assignment.name, at: index, appends: assignment.appends)
        }
        if assignment.appends, let old = self.value(of: assignment.name),
            shell.variables[assignment.name]?.isInteger == true
        {
            value = Text(
                old.bytes + Array("+(".utf8) + value.bytes + [0x29],
                isUnknown: old.isUnknown || value.isUnknown
            )
        } else if assignment.appends, let old = self.value(of: assignment.name) {
            charge(old.bytes.count / 4_096)
            value = Text(old.bytes + value.bytes, isUnknown: old.isUnknown || value.isUnknown)
        }
        world.record.outputBytes &+= value.bytes.count
        guard world.record.outputBytes <= min(limits.entryBytes, 64 << 20) else {
            stop("the values of shell.variables grow beyond the limits")
            return false
        }
        return set(assignment.name, value)
    }

    /// Runs a command with assignments that hold for it alone; false when one of them cannot be made.
    private func withAssignments(_ assignments: [ShellAssignment], _ fields: [Text], _ body: () -> Void) -> Bool {
        guard !assignments.isEmpty else {
            body()
            return true
        }
        let command = fields.first?.string ?? ""
        let isPermanent = BuiltinRegistry.isSpecial(command, dialect) && shell.functions[command] == nil
        var saved: [(name: String, old: ShellVariable?)] = []
        for assignment in assignments {
            saved.append((assignment.name, shell.variables[assignment.name]))
            if assignment.elements != nil { declareArray(assignment.name, by: command, fields) }
            guard assign(assignment) else { return false }
            if assignment.elements == nil { shell.variables[assignment.name]?.isExported = true }
        }
        if isPermanent {
            for (name, old) in saved { shell.variables[name]?.isExported = old?.isExported ?? false }
        }
        body()
        if !isPermanent {
            // Arrays that stand behind `local` and its kin are no assignments for the command alone.
            let kept =
                BuiltinRegistry.find(command, dialect)?.isDeclaring == true
                ? assignments.filter { $0.elements != nil } : []
            for (name, old) in saved.reversed() where !kept.contains(where: { $0.name == name }) {
                shell.variables[name] = old
            }
        }
        return true
    }

    /// What `local`, `declare` and their kin make of an array that is given its elements behind them: before it gets them.
    private func declareArray(_ name: String, by command: String, _ fields: [Text]) {
        guard BuiltinRegistry.find(command, dialect)?.isDeclaring == true else { return }
        let letters = fields.dropFirst().map(\.string).filter { $0.hasPrefix("-") }.joined()
        if ["local", "declare", "typeset"].contains(command), !letters.contains("g"),
            let scope = shell.localScopes.indices.last, shell.localScopes[scope][name] == nil
        {
            shell.localScopes[scope][name] = .some(shell.variables[name])
            shell.variables[name] = nil
        }
        var variable = shell.variables[name] ?? ShellVariable()
        if letters.contains("A"), variable.association == nil { variable.association = [:] }
        if letters.contains("i") { variable.isInteger = true }
        if letters.contains("u") { variable.isUpper = true }
        if letters.contains("l") { variable.isUpper = false }
        shell.variables[name] = variable
    }

    func runExec(_ fields: [Text], _ assignments: [ShellAssignment]) -> Flow {
        var words = Array(fields.dropFirst())
        while let first = words.first?.bytes,
            first == Array("--".utf8) || first == Array("-l".utf8) || first == Array("-c".utf8)
        {
            words.removeFirst()
        }
        guard !words.isEmpty else {
            status = .code(0)
            guard withAssignments(assignments, fields, {}) else { return expansionFailed() }
            return .normal
        }
        var flow = Flow.normal
        _ = withAssignments(assignments, fields) {
            flow = self.execute(words, isFatal: self.control.failureIsFatal, onlyPrograms: true)
        }
        shell.traps = [:]
        return flow == .normal ? .exited : flow
    }

    /// Runs expanded words: a function, a builtin or a program.
    ///
    /// - Parameters:
    ///   - skipsFunctions: for `command`.
    ///   - onlyPrograms: for `exec` and `env`.
    func execute(_ fields: [Text], isFatal: Bool, skipsFunctions: Bool = false, onlyPrograms: Bool = false) -> Flow {
        guard let first = fields.first else { return .normal }
        if shell.options.trace {
            error("+ " + fields.map(\.string).joined(separator: " ") + "\n")
        }
        guard !first.isUnknown else {
            status = unknownCommand("which command runs here is not known", .filesystem)
            return .normal
        }
        let name = first.string
        if dialect == .bash, !onlyPrograms, !skipsFunctions, let flow = runReserved(name, fields, isFatal: isFatal) {
            return flow
        }
        if !onlyPrograms {
            if !skipsFunctions, let body = shell.functions[name] { return call(body, fields, isFatal: isFatal) }
            if let flow = runBuiltin(name, fields) { return flow }
        }
        status = runProgram(fields)
        return isStopped ? .exited : .normal
    }

    /// The words of bash that are no commands and that the parser takes for some; nil when it is none of them.
    private func runReserved(_ name: String, _ fields: [Text], isFatal: Bool) -> Flow? {
        switch name {
        case "coproc":
            status = unknownCommand("coproc is not followed", .filesystem)
            return .normal
        case "time":
            var rest = fields.dropFirst()
            while rest.first?.string == "-p" || rest.first?.string == "--" { rest = rest.dropFirst() }
            world.note("the times that time prints are not known", .output)
            status = .code(0)
            return rest.isEmpty ? .normal : execute(Array(rest), isFatal: isFatal)
        default: return nil
        }
    }
}
