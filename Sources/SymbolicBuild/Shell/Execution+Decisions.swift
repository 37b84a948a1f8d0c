// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// Decisions on something unknown: both ways are followed and laid over each other.
extension Execution {
    private struct Snapshot {
        var world: World
        var variables: [String: ShellVariable]
        var functions: [String: ShellCommand]
        var positional: [Text]
        var options: ShellOptions
        var traps: [String: [UInt8]]
        var status: Exit
    }

    private func snapshot() -> Snapshot {
        var kept = world
        kept.record = WorldRecord()
        return Snapshot(
            world: kept,
            variables: variables,
            functions: functions,
            positional: positional,
            options: options,
            traps: traps,
            status: status
        )
    }

    private func restore(_ snapshot: Snapshot) {
        // What stands on the record stays there.
        let record = world.record
        world = snapshot.world
        world.record = record
        variables = snapshot.variables
        functions = snapshot.functions
        positional = snapshot.positional
        options = snapshot.options
        traps = snapshot.traps
        status = snapshot.status
    }

    /// Follows both ways from the state at hand. A way that ends the script with an error is not taken, nor one that ends badly
    /// where that would end the build; otherwise what differs becomes unknown.
    func decide(isFatal: Bool, _ first: () -> Flow, or second: () -> Flow) -> Flow {
        world.flushAll()
        let place = offset
        let output = world.descriptors[1]
        let start = snapshot()
        func written() -> Int { output.map { world.file($0).bytes.count } ?? 0 }
        func drop(to length: Int) {
            guard let output, world.file(output).bytes.count > length, !world.file(output).isLogged else { return }
            world.update(output) { $0.bytes.removeSubrange(length...) }
        }
        let length = written()

        let firstFlow = first()
        world.flushAll()
        let firstResult = snapshot()
        let firstDropped = isDropped(firstFlow, isFatal)
        let firstWrote = written() > length
        if isStopped { return .exited }
        if firstDropped { drop(to: length) }

        let secondLength = written()
        restore(start)
        let secondFlow = second()
        world.flushAll()
        if isStopped { return .exited }
        let secondDropped = isDropped(secondFlow, isFatal)
        let secondWrote = written() > secondLength
        if secondDropped { drop(to: secondLength) }

        if firstDropped != secondDropped {
            if secondDropped {
                restore(firstResult)
                return firstFlow
            }
            return secondFlow
        }
        if firstWrote || secondWrote, let output { world.update(output) { $0.isUnknown = true } }
        return merge(firstResult, firstFlow, secondFlow, at: place)
    }

    private func isDropped(_ flow: Flow, _ isFatal: Bool) -> Bool {
        guard case .code(let code) = status, code != 0 else { return false }
        return flow == .exited || (isFatal && flow == .normal)
    }

    /// Lays the state at hand and another one over each other.
    private func merge(_ other: Snapshot, _ otherFlow: Flow, _ flow: Flow, at place: Int) -> Flow {
        if status != other.status { status = .unknown }
        let names = Set(variables.keys).union(other.variables.keys)
        for name in names where variables[name] != other.variables[name] {
            var variable = variables[name] ?? other.variables[name] ?? ShellVariable()
            variable.elements = nil
            variable.value = Text(variable.scalar?.bytes ?? [], isUnknown: true)
            variables[name] = variable
        }
        if positional != other.positional { positional = positional.map { Text($0.bytes, isUnknown: true) } }
        functions.merge(other.functions) { current, _ in current }
        for path in other.world.uncertainPaths { world.makeUncertain(path) }
        var scope = mergeTree(other.world.tree)
        if world.workingDirectory != other.world.workingDirectory, scope == nil { scope = .files }
        if let scope {
            world.note("whether this was done depends on something that is not known", scope, at: place)
        }
        if flow == otherFlow { return flow }
        world.note("whether the script goes on here depends on something that is not known", .filesystem, at: place)
        world.makeUncertain(.root)
        if flow == .normal || otherFlow == .normal { return .normal }
        return flow
    }

    /// Makes unknown what two trees have different; answers what that could be, nil when nothing differs.
    private func mergeTree(_ other: FileTree) -> Unknown.Scope? {
        let changes = other.changes(since: world.tree)
        var scope: Unknown.Scope?
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
            if here?.isDirectory == true || change.node?.isDirectory == true {
                if here == nil, let node = change.node { world.tree.insert(node, at: change.path) }
                world.makeUncertain(change.path)
                continue
            }
            guard let model = here ?? change.node else { continue }
            let reason = "whether this file is as it is here depends on something that is not known"
            var node = model
            node.kind = .file(.unknown(Unknown(reason: reason, scope: Unknown.Scope(ofFileAt: change.path))))
            world.tree.insert(node, at: change.path)
            world.makeUncertain(change.path)
        }
        return scope
    }
}
