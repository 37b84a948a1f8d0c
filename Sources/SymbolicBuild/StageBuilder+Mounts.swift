// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert_runmount.go; executor, MountStubsCleaner.

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import ShellMachine

extension StageBuilder {
    /// The mounts of a RUN that stand in the tree.
    struct Mounts {
        var targets: [ImagePath] = []
        /// Folders that were made for a target to stand in; they go away with it if nothing was put there.
        var madeFolders: [ImagePath] = []
        /// The names of variables that secrets are handed over in.
        var secrets: Set<String> = []
    }

    /// Puts the mounts of a RUN into the tree; what they hide comes back afterwards.
    mutating func mount(_ mounts: [RunMount], _ range: SourceRange) throws -> Mounts {
        var result = Mounts()
        // Nothing that is put there stays, and nothing of it is the image's.
        result.targets = ContainerDevices.folders
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
        case .bind: try bind(fields, range, &result)
        case .cache, .tmpfs:
            let place = try prepare(fields.target ?? "", range, &result)
            let mode = fields.mode ?? (fields.type == .tmpfs ? 0o1777 : 0o755)
            state.tree.insert(
                .directory(
                    mode: UInt16(truncatingIfNeeded: mode),
                    uid: Self.number(fields.uid),
                    gid: Self.number(fields.gid)
                ),
                at: place
            )
            // A cache may hold what an earlier build left in it.
            if fields.type == .cache { state.uncertain.insert(place) }
        case .secret:
            let id = fields.id ?? fields.source ?? fields.target ?? ""
            let shortID = ImagePath(id).name.map { String(decoding: $0, as: UTF8.self) } ?? id
            if let given = request.secrets, !given.contains(id), !given.contains(shortID) {
                guard fields.isRequired != true else {
                    throw BuildStop(
                        "secret \(id): not found",
                        range: range,
                        fix: "give it with --secret id=\(id),src=FILE"
                    )
                }
                return
            }
            if let variable = fields.environmentVariable { result.secrets.insert(variable) }
            let name = ImagePath(id).name.map { String(decoding: $0, as: UTF8.self) } ?? "secret"
            let target = fields.target ?? (fields.environmentVariable == nil ? "/run/secrets/\(name)" : nil)
            guard let target else { return }
            let place = try prepare(target, range, &result)
            let unknown = Unknown(
                reason: "a secret's content is never part of a build's record",
                range: range,
                scope: .output
            )
            state.tree.insert(
                FileNode(
                    kind: .file(.unknown(unknown)),
                    mode: UInt16(truncatingIfNeeded: fields.mode ?? 0o400),
                    uid: Self.number(fields.uid),
                    gid: Self.number(fields.gid)
                ),
                at: place
            )
        case .ssh: return
        }
    }

    private mutating func bind(_ fields: MountFields, _ range: SourceRange, _ result: inout Mounts) throws {
        let target = fields.target ?? ""
        let path = ImagePath(fields.source ?? "/")
        let source: CopySource
        if let from = fields.from {
            source = try self.source(from, range)
        } else {
            source = CopySource(try contextTree(below: path), like: request.context)
        }
        let tree = source.tree
        let place = try prepare(target, range, &result)
        let (found, doubt) = source.look(at: path)
        if doubt != nil { state.uncertain.insert(place) }
        guard case .node(let real, _) = found else {
            if case .missing = found {
                throw BuildStop(
                    "failed to compute cache key: failed to calculate checksum of ref: \(GoQuote.quote(path.description)): not found",
                    range: range
                )
            }
            // It may be a folder or a file, so nothing is put there.
            if doubt == nil { state.uncertain.insert(place) }
            return
        }
        tree.walk(from: real) { child, node in
            var copy = node
            copy.source = node.source(at: child)
            if case .hardLink(let target) = node.kind, let file = tree.resolvedNode(at: child) {
                copy.kind = file.kind
                copy.source = file.source(at: target)
            }
            let relative = child.components.dropFirst(real.components.count)
            state.tree.insert(copy, at: relative.reduce(place) { $0.appending($1) })
            return true
        }
    }

    /// The context with the bytes of the files below a path; larger ones than the limits allow stay sizes only.
    private func contextTree(below path: ImagePath) throws -> FileTree {
        var tree = request.context.tree
        guard let root = tree.resolve(path)?.path else { return tree }
        var files: [ImagePath] = []
        tree.walk(from: root) { path, node in
            if case .file(.modelled(let sizeBytes, _)) = node.kind, sizeBytes <= request.limits.entryBytes {
                files.append(path)
            }
            return true
        }
        for path in files {
            let bytes = try request.context.load(path)
            tree.update(at: path) { $0.kind = .file(.bytes(bytes)) }
        }
        return tree
    }

    private mutating func prepare(_ target: String, _ range: SourceRange, _ result: inout Mounts) throws -> ImagePath {
        let path = ImagePath(target, relativeTo: workingDirectory)
        guard !path.isRoot else {
            throw BuildStop("invalid mount target \(GoQuote.quote(path.description))", range: range)
        }
        var current = ImagePath.root
        for name in path.components.dropLast() {
            let next = current.appending(name)
            guard let resolved = state.tree.resolve(next) else {
                throw BuildStop("failed to mount \(path): \(next) is no folder", range: range)
            }
            if resolved.node == nil {
                state.tree.insert(.directory(), at: resolved.path)
                result.madeFolders.append(resolved.path)
            }
            current = resolved.path
        }
        let wanted = path.name.map { current.appending($0) } ?? current
        let place = state.tree.resolve(wanted)?.path ?? wanted
        result.targets.append(place)
        state.tree.remove(place)
        return place
    }

    /// Takes the mounts away and puts back what they hid.
    mutating func unmount(_ mounts: Mounts, before: FileTree, uncertain: UncertainPlaces) {
        state.uncertain.remove(below: mounts.targets)
        state.uncertain.formUnion(uncertain.below(mounts.targets))
        for target in mounts.targets.reversed() {
            state.tree.remove(target)
            before.walk(from: target) { path, node in
                state.tree.insert(node, at: path)
                return true
            }
        }
        for folder in mounts.madeFolders.reversed() where state.tree.entries(of: folder)?.isEmpty == true {
            if before.node(at: folder) == nil { state.tree.remove(folder) }
        }
    }

    private static func number(_ value: Int?) -> UInt32 { value.flatMap(UInt32.init(exactly:)) ?? 0 }
}
