// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// Decisions on something unknown: both ways are followed and laid over each other.
extension Execution {
    private struct Snapshot {
        var tree: FileTree
        var uncertainPaths: [ImagePath]
        var workingDirectory: ImagePath
        var variables: [String: ShellVariable]
        var functions: [String: ShellCommand]
        var positional: [Text]
        var options: ShellOptions
        var traps: [String: [UInt8]]
        var status: Exit
        var umask: UInt16
        var descriptors: [Int: OpenFile]
    }

    private func snapshot() -> Snapshot {
        Snapshot(
            tree: state.tree,
            uncertainPaths: state.uncertainPaths,
            workingDirectory: state.workingDirectory,
            variables: variables,
            functions: functions,
            positional: positional,
            options: options,
            traps: traps,
            status: status,
            umask: umask,
            descriptors: descriptors
        )
    }

    private func restore(_ snapshot: Snapshot) {
        state.tree = snapshot.tree
        state.uncertainPaths = snapshot.uncertainPaths
        state.workingDirectory = snapshot.workingDirectory
        variables = snapshot.variables
        functions = snapshot.functions
        positional = snapshot.positional
        options = snapshot.options
        traps = snapshot.traps
        status = snapshot.status
        umask = snapshot.umask
        descriptors = snapshot.descriptors
    }

    /// Follows both ways from the state at hand. A way that ends the script with an error is not taken, nor one that ends badly
    /// where that would end the build; otherwise what differs becomes unknown.
    func decide(isFatal: Bool, _ first: () -> Flow, or second: () -> Flow) -> Flow {
        flushAll()
        let place = offset
        let output = descriptors[1]
        let start = snapshot()
        let length = output?.bytes.count ?? 0

        let firstFlow = first()
        flushAll()
        let firstResult = snapshot()
        let firstDropped = isDropped(firstFlow, isFatal)
        let firstWrote = (output?.bytes.count ?? 0) > length
        if isStopped { return .exited }
        if firstDropped, let output, output.bytes.count > length, !output.isLogged {
            output.bytes.removeSubrange(length...)
        }

        let secondLength = output?.bytes.count ?? 0
        restore(start)
        let secondFlow = second()
        flushAll()
        if isStopped { return .exited }
        let secondDropped = isDropped(secondFlow, isFatal)
        let secondWrote = (output?.bytes.count ?? 0) > secondLength
        if secondDropped, let output, output.bytes.count > secondLength, !output.isLogged {
            output.bytes.removeSubrange(secondLength...)
        }

        if firstDropped != secondDropped {
            if secondDropped {
                restore(firstResult)
                return firstFlow
            }
            return secondFlow
        }
        if firstWrote || secondWrote { output?.isUnknown = true }
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
        for path in other.uncertainPaths { makeUncertain(path) }
        var scope = mergeTree(other.tree)
        if state.workingDirectory != other.workingDirectory, scope == nil { scope = .files }
        if let scope {
            note("whether this was done depends on something that is not known", scope, at: place)
        }
        if flow == otherFlow { return flow }
        note("whether the script goes on here depends on something that is not known", .filesystem, at: place)
        makeUncertain(.root)
        if flow == .normal || otherFlow == .normal { return .normal }
        return flow
    }

    /// Makes unknown what two trees have different; answers what that could be, nil when nothing differs.
    private func mergeTree(_ other: FileTree) -> Unknown.Scope? {
        let changes = other.changes(since: state.tree)
        var scope: Unknown.Scope?
        func widen(_ other: Unknown.Scope) {
            let order = Unknown.Scope.allCases
            guard let new = order.firstIndex(of: other) else { return }
            if let old = scope, let place = order.firstIndex(of: old), place >= new { return }
            scope = other
        }
        for change in changes {
            let here = state.tree.node(at: change.path)
            if let here, let there = change.node, here.isDirectory, there.isDirectory { continue }
            widen(Self.scope(of: change.path))
            if here?.isDirectory == true || change.node?.isDirectory == true {
                if here == nil, let node = change.node { state.tree.insert(node, at: change.path) }
                makeUncertain(change.path)
                continue
            }
            guard let model = here ?? change.node else { continue }
            let reason = "whether this file is as it is here depends on something that is not known"
            var node = model
            node.kind = .file(.unknown(Unknown(reason: reason, scope: Self.scope(of: change.path))))
            state.tree.insert(node, at: change.path)
            makeUncertain(change.path)
        }
        return scope
    }

    /// What a file at a path tells of.
    static func scope(of path: ImagePath) -> Unknown.Scope {
        let parts = path.components.map { String(decoding: $0, as: UTF8.self) }
        if parts.count == 2, parts[0] == "etc",
            ["passwd", "group", "shadow", "gshadow", "subuid", "subgid"].contains(parts[1])
        {
            return .filesystem
        }
        if parts.contains("node_modules") || parts.starts(with: ["lib", "apk"])
            || parts.starts(with: ["usr", "lib", "apk"])
            || parts.starts(with: ["var", "lib", "dpkg"]) || parts.contains("site-packages")
        {
            return .packages
        }
        return .files
    }
}
