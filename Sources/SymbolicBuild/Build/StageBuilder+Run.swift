// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatchRun; convert_runmount.go.

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec

extension StageBuilder {
    mutating func run(_ instruction: RunInstruction, _ whole: Instruction) throws {
        let command = runWords(instruction)
        let createdBy = runHistory(command)
        let before = state.tree
        let config = state.configuration.config
        let seen = state.scope.runEnvironment
        let operation = LayerOperation.run(
            arguments: command, environment: seen.arguments + seen.environment, workingDirectory: config.workingDir ?? "/",
            user: config.user)
        guard request.followsCommands else {
            recordLayer(createdBy, since: before, whole.range, operation)
            return
        }
        guard !isBaseUnknown else {
            note(
                "nothing is known of the image \(state.baseReference), so this command cannot be followed", whole.range,
                .filesystem)
            recordLayer(createdBy, since: before, whole.range, operation)
            return
        }
        let user = try runUser(whole.range)
        let mounts = try mount(instruction.mounts, whole.range)
        let outcome = interpret(instruction, user: user, secrets: mounts.environment)
        log = outcome.log
        state.tree = outcome.tree
        state.uncertainPaths = outcome.uncertainPaths
        unmount(mounts, before: before)
        for unknown in outcome.unknowns { if !state.unknowns.contains(unknown) { state.unknowns.append(unknown) } }
        if let code = outcome.exitCode, code != 0 {
            throw BuildStop(
                BuildProblem(
                    "process \(GoQuote.quote(command.joined(separator: " "))) did not complete successfully: exit code: \(code)",
                    range: outcome.failureRange ?? whole.range, exitCode: code, output: Array(log.suffix(20)),
                    fix: outcome.fix
                ))
        }
        recordLayer(createdBy, since: before, whole.range, operation)
    }

    /// The words of the process as BuildKit records them.
    func runWords(_ instruction: RunInstruction) -> [String] {
        switch instruction.script {
        case .shell(let script): shellWords + [script.text]
        case .exec(let words): words.map(\.text)
        case .file(let name, _): ["/dev/pipes/\(name)"]
        }
    }

    private func runHistory(_ words: [String]) -> String {
        let shown = state.scope.runEnvironment.arguments
        let arguments = shown.isEmpty ? "" : "|\(shown.count) " + shown.joined(separator: " ") + " "
        return "RUN " + arguments + words.joined(separator: " ") + " # buildkit"
    }

    /// Who runs the command; a name that the image does not have stops the build as the runtime would.
    private mutating func runUser(_ range: SourceRange) throws -> RunUser {
        let text = state.configuration.config.user ?? ""
        let accounts = Accounts(state.tree)
        switch accounts.resolve(text) {
        case .user(let uid, let gid, let account):
            let name = account?.name ?? String(uid)
            return RunUser(
                uid: uid, gid: gid, name: name, home: account?.home ?? "/",
                groups: accounts.groups.filter { $0.members.contains(name) }.map(\.gid))
        case .noSuchUser(let name):
            guard !state.isUnknown(.filesystem) else {
                note("the user \(name) may or may not be in the image", range, .filesystem)
                return RunUser(uid: 1000, gid: 1000, name: name, home: "/", groups: [])
            }
            throw BuildStop(
                "unable to find user \(name): no matching entries in passwd file", range: range,
                fix: "create \(name) with adduser or useradd before the USER line")
        case .noSuchGroup(let name):
            guard !state.isUnknown(.filesystem) else { return RunUser(uid: 1000, gid: 1000, name: text, home: "/", groups: []) }
            throw BuildStop(
                "unable to find group \(name): no matching entries in group file", range: range,
                fix: "create the group \(name) before the USER line")
        }
    }

    /// Who a folder belongs to that WORKDIR makes.
    func numericUser() -> (uid: UInt32, gid: UInt32) {
        if case .user(let uid, let gid, _) = Accounts(state.tree).resolve(state.configuration.config.user ?? "") {
            return (uid, gid)
        }
        return (0, 0)
    }

    /// The environment of a command: build arguments, the configuration's ENV over them, a PATH and a home.
    func runEnvironment(home: String, secrets: [String: String]) -> [String: String] {
        var result: [String: String] = ["PATH": Self.defaultPath, "HOME": home]
        let environment = state.scope.runEnvironment
        for entry in state.scope.proxies + environment.arguments + environment.environment {
            guard let equals = entry.firstIndex(of: "=") else { continue }
            result[String(entry[..<equals])] = String(entry[entry.index(after: equals)...])
        }
        return result.merging(secrets) { current, _ in current }
    }

    private struct Mounts {
        var targets: [(path: ImagePath, madeFolders: [ImagePath])] = []
        var environment: [String: String] = [:]
    }

    /// Puts the mounts of a RUN into the tree; what they hide comes back afterwards.
    private mutating func mount(_ mounts: [RunMount], _ range: SourceRange) throws -> Mounts {
        var result = Mounts()
        for written in mounts {
            let fields: MountFields
            do {
                fields = try written.expanded { word throws(ExpansionError) in
                    try WordExpander(escape: escape).expand(word) { value(of: $0) }.value
                }.fields
            } catch {
                throw BuildStop(error.description, range: written.range)
            }
            try mount(fields, written.range, &result)
        }
        return result
    }

    private mutating func mount(_ fields: MountFields, _ range: SourceRange, _ result: inout Mounts) throws {
        switch fields.type {
        case .bind:
            guard let target = fields.target else { return }
            let (tree, unknown): (FileTree, String?)
            if let from = fields.from { (tree, unknown) = try source(from, range) } else { (tree, unknown) = (try contextTree(), nil) }
            if let unknown { note(unknown, range, .files) }
            let path = ImagePath(fields.source ?? "/")
            let place = prepare(target, &result)
            guard let (real, node) = tree.resolve(path), node != nil else {
                guard unknown == nil else { return }
                throw BuildStop(
                    "failed to compute cache key: failed to calculate checksum of ref: \(GoQuote.quote(path.description)): not found",
                    range: range)
            }
            tree.walk(from: real) { child, node in
                var copy = node
                if case .hardLink = node.kind, let target = tree.resolvedNode(at: child) { copy.kind = target.kind }
                let relative = child.components.dropFirst(real.components.count)
                state.tree.insert(copy, at: relative.reduce(place) { $0.appending($1) })
                return true
            }
        case .cache, .tmpfs:
            guard let target = fields.target else { return }
            let place = prepare(target, &result)
            state.tree.insert(.directory(mode: 0o755), at: place)
        case .secret:
            let id = fields.id ?? fields.source ?? ""
            if let variable = fields.environmentVariable { result.environment[variable] = "" }
            let target = fields.target ?? (fields.environmentVariable == nil ? "/run/secrets/\(id)" : nil)
            guard let target else { return }
            let place = prepare(target, &result)
            let unknown = Unknown(reason: "a secret's content is never part of a build's record", range: range, scope: .output)
            state.tree.insert(FileNode(kind: .file(.unknown(unknown)), mode: 0o400), at: place)
        case .ssh: return
        }
    }

    /// The context with every file's bytes behind the tree's own sizes.
    private func contextTree() throws -> FileTree {
        var tree = request.context.tree
        var files: [ImagePath] = []
        tree.walk { path, node in
            if case .file(.modelled) = node.kind { files.append(path) }
            return true
        }
        for path in files {
            let bytes = try request.context.load(path)
            tree.update(at: path) { $0.kind = .file(.bytes(bytes)) }
        }
        return tree
    }

    private mutating func prepare(_ target: String, _ result: inout Mounts) -> ImagePath {
        let path = ImagePath(target, relativeTo: workingDirectory)
        var made: [ImagePath] = []
        var current = ImagePath.root
        for name in path.components.dropLast() {
            current = current.appending(name)
            if state.tree.resolve(current)?.node == nil { made.append(current) }
        }
        let place = state.tree.resolve(path)?.path ?? path
        result.targets.append((place, made))
        state.tree.remove(place)
        return place
    }

    /// Takes the mounts away and puts back what they hid.
    private mutating func unmount(_ mounts: Mounts, before: FileTree) {
        for target in mounts.targets.reversed() {
            state.tree.remove(target.path)
            before.walk(from: target.path) { path, node in
                state.tree.insert(node, at: path)
                return true
            }
        }
    }
}
