// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// Decisions on something unknown: both ways are followed and laid over each other.
extension Machine {
    /// Follows both ways from the state at hand. A way that ends the script with an error is not taken, nor one that ends badly
    /// where that would end the build; otherwise what differs becomes unknown.
    func decide(isFatal: Bool, _ first: () -> Flow, or second: () -> Flow) -> Flow {
        world.flushAll()
        let place = offset
        let output = world.process.descriptors[1]
        let start = state.withoutRecords
        func written() -> Int { output.map { world.file($0).bytes.count } ?? 0 }
        func drop(to length: Int) {
            guard let output, world.file(output).bytes.count > length, !world.file(output).isLogged else { return }
            world.update(output) { $0.bytes.removeSubrange(length...) }
        }
        let length = written()
        let logLength = world.record.log.count

        let firstFlow = first()
        world.flushAll()
        let firstResult = state.withoutRecords
        let firstDropped = isDropped(firstFlow, isFatal)
        let firstWrote = written() > length
        if isStopped { return .exited }
        if firstDropped { drop(to: length) }
        let firstLog = Array(world.record.log.dropFirst(logLength))
        world.record.log.removeSubrange(min(logLength, world.record.log.count)...)

        let secondLength = written()
        state.go(to: start)
        let secondFlow = second()
        world.flushAll()
        if isStopped { return .exited }
        let secondDropped = isDropped(secondFlow, isFatal)
        let secondWrote = written() > secondLength
        if secondDropped { drop(to: secondLength) }

        if firstDropped != secondDropped {
            if secondDropped {
                world.record.log.removeSubrange(min(logLength, world.record.log.count)...)
                world.record.log += firstLog
                state.go(to: firstResult)
                return firstFlow
            }
            return secondFlow
        }
        // Of what one way prints and the other does not, nothing is shown.
        if !firstDropped, firstLog != Array(world.record.log.dropFirst(logLength)) {
            world.record.log.removeSubrange(min(logLength, world.record.log.count)...)
        }
        if firstWrote || secondWrote, let output { world.doubtOutput(of: output) }
        return merge(firstResult, firstFlow, secondFlow, at: place)
    }

    private func isDropped(_ flow: Flow, _ isFatal: Bool) -> Bool {
        guard case .code(let code) = status, code != 0 else { return false }
        return flow == .exited || (isFatal && flow == .normal)
    }

    /// Lays the state at hand and another one over each other.
    private func merge(_ other: MachineState, _ otherFlow: Flow, _ flow: Flow, at place: Int) -> Flow {
        if status != other.last.status { status = .unknown }
        mergeScopes(other.shell.localScopes, other.shell.variables)
        let names = Set(shell.variables.keys).union(other.shell.variables.keys)
        for name in names where shell.variables[name] != other.shell.variables[name] {
            shell.variables[name] = merged(shell.variables[name], other.shell.variables[name])
        }
        if shell.positional != other.shell.positional {
            shell.positional = shell.positional.map { Text($0.bytes, isUnknown: true) }
        }
        if other.shell.hasUnknownVariables { shell.hasUnknownVariables = true }
        shell.functions.merge(other.shell.functions) { current, _ in current }
        world.uncertain.formUnion(other.world.uncertain)
        let (scope, paths) = mergeTree(other.world.tree)
        if let scope {
            world.record.note(Self.undecided, scope, paths.map(\.description), at: place)
        } else if world.workingDirectory != other.world.workingDirectory || world.umask != other.world.umask {
            world.note(Self.undecided, .files, at: place)
        }
        if flow == otherFlow { return flow }
        world.note("whether the script goes on here depends on something that is not known", .filesystem, at: place)
        world.makeUncertain(.root)
        if flow == .normal || otherFlow == .normal { return .normal }
        return flow
    }

    /// Keeps what either way hid by `local`: where the other way may have set the variable outside, its old value is unknown.
    private func mergeScopes(_ others: [[String: ShellVariable?]], _ variables: [String: ShellVariable]) {
        guard shell.localScopes.count == others.count else { return }
        for (place, other) in others.enumerated() where other.keys != shell.localScopes[place].keys {
            let own = shell.localScopes[place]
            for (name, old) in other where own[name] == nil {
                shell.localScopes[place][name] = .some(merged(old, shell.variables[name]))
            }
            for (name, old) in own where other[name] == nil {
                shell.localScopes[place][name] = .some(merged(old, variables[name]))
            }
        }
    }

    /// A variable that has one value or another.
    private func merged(_ first: ShellVariable?, _ second: ShellVariable?) -> ShellVariable? {
        guard first != second else { return first }
        var variable = first ?? second ?? ShellVariable()
        variable.elements = nil
        variable.value = Text(variable.scalar?.bytes ?? [], isUnknown: true)
        return variable
    }

    private static let undecided = "whether this was done depends on something that is not known"

    /// Makes unknown what two trees have different; answers what that could be and where, nil when nothing differs.
    private func mergeTree(_ other: FileTree) -> (scope: Unknown.Scope?, paths: [ImagePath]) {
        let changes = other.changes(since: world.tree)
        var scope: Unknown.Scope?
        var paths: [ImagePath] = []
        func widen(_ other: Unknown.Scope) {
            let order = Unknown.Scope.allCases
            guard let new = order.firstIndex(of: other) else { return }
            if let old = scope, let place = order.firstIndex(of: old), place >= new { return }
            scope = other
        }
        for change in changes {
            let here = world.tree.node(at: change.path)
            if let here, let there = change.node, here.isDirectory, there.isDirectory { continue }
            widen(Unknown.Scope(ofFileAt: change.path))
            if !paths.contains(where: { change.path.isInside($0) }) { paths.append(change.path) }
            guard var node = here ?? change.node else { continue }
            if here == nil || change.node == nil { node.isPerhaps = true }
            if here?.isDirectory == true || change.node?.isDirectory == true {
                if node.isPerhaps { world.tree.insert(node, at: change.path) }
                world.makeUncertain(change.path)
                continue
            }
            let isLink = if case .symlink = node.kind { true } else { false }
            if !isLink || !node.isPerhaps {
                let reason = "whether this file is as it is here depends on something that is not known"
                let scope = Unknown.Scope(ofFileAt: change.path)
                node.kind = .file(
                    .unknown(Unknown(reason: reason, scope: scope, paths: [change.path.description]))
                )
            }
            world.tree.insert(node, at: change.path)
            world.makeUncertain(change.path)
        }
        return (scope, paths)
    }
}
