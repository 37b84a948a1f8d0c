// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, cp, mv, rm; GNU coreutils 9.1 for what it adds.

import Diagnostics
import ImageFilesystem
import OCISpec

/// Work on whole trees that several commands share.
enum FileWork {
    /// Visits what is at and below a path; links are not followed.
    static func walk(_ tree: FileTree, _ path: ImagePath, _ visit: (ImagePath, FileNode) -> Void) {
        tree.walk(from: path) { child, node in
            visit(child, node)
            return true
        }
    }

    /// The same path below another folder.
    static func moved(_ path: ImagePath, from: ImagePath, to: ImagePath) -> ImagePath {
        path.components.dropFirst(from.components.count).reduce(to) { $0.appending($1) }
    }

    /// Puts what is at one path at another, whole; other names of hard-linked files inside follow.
    static func move(_ execution: Execution, from: ImagePath, to: ImagePath) {
        guard from != to else { return }
        var nodes: [(ImagePath, FileNode)] = []
        walk(execution.world.tree, from) { nodes.append(($0, $1)) }
        execution.world.charge(nodes.count / 16)
        execution.world.take(from)
        if let old = execution.world.tree.node(at: to), !(old.isDirectory && nodes.first?.1.isDirectory == true) {
            execution.world.take(to)
        }
        for (path, node) in nodes {
            var node = node
            if case .hardLink(let target) = node.kind, target.isInside(from) {
                node.kind = .hardLink(target: moved(target, from: from, to: to))
            }
            execution.world.put(node, at: moved(path, from: from, to: to))
        }
    }

    /// Visits everything from a path on, what is in a folder before the folder.
    static func walkUp(_ tree: FileTree, _ path: ImagePath, _ visit: (ImagePath, FileNode) -> Void) {
        var all: [(ImagePath, FileNode)] = []
        walk(tree, path) { all.append(($0, $1)) }
        // In the order of the walk a folder stands before what it holds: each is put behind the last of its own.
        var open: [(ImagePath, FileNode)] = []
        for (child, node) in all {
            while let last = open.last, !child.isInside(last.0) {
                visit(last.0, last.1)
                open.removeLast()
            }
            open.append((child, node))
        }
        for (child, node) in open.reversed() { visit(child, node) }
    }

    struct CopyOptions {
        var isRecursive = false
        var keepsMode = false
        var keepsOwner = false
        var keepsTimes = false
        /// Follow links that are named (-H), all (-L), or none (-P).
        var followsNamed = true
        var followsAll = false
        var isForced = false
        var noClobber = false
        var linksInstead = false
        var symbolicLinksInstead = false
        var update = false
        /// New files get the mode of any new file rather than that of the source.
        var ignoresMode = false
        /// A folder that is made by the copying itself, and so not copied.
        var skipped: ImagePath?
    }

    /// Copies one thing to an exact place.
    static func copy(
        _ execution: Execution,
        from source: ImagePath,
        _ node: FileNode,
        to target: ImagePath,
        _ options: CopyOptions,
        report: (String) -> Void
    ) {
        guard execution.world.charge(1) else { return }
        let state = execution.world
        let sourceText = source.description
        let targetText = target.description
        do throws(FileError) {
            var node = node
            if case .hardLink = node.kind { node.kind = state.tree.resolvedNode(at: source)?.kind ?? node.kind }
            let existing = state.tree.node(at: target)
            if node.isDirectory {
                if let existing, !existing.isDirectory {
                    report("cannot overwrite non-directory '\(targetText)' with directory '\(sourceText)'")
                    return
                }
                guard execution.world.isAllowed(5, node) else { throw FileError.denied }
                let children = state.tree.entries(of: source) ?? []
                if existing == nil {
                    try execution.world.make(
                        .directory,
                        mode: node.mode & ~(options.keepsMode ? 0 : execution.world.umask | 0o7000),
                        at: target
                    )
                    keep(execution, node, at: target, options)
                }
                for name in children {
                    let child = source.appending(name)
                    guard child != target, child != options.skipped, let childNode = state.tree.node(at: child) else {
                        continue
                    }
                    var place = child
                    var taken = childNode
                    if options.followsAll, case .symlink = childNode.kind {
                        guard let (real, found) = state.tree.resolve(child), let found else {
                            report("cannot stat '\(child)': No such file or directory")
                            continue
                        }
                        place = real
                        taken = found
                    }
                    copy(execution, from: place, taken, to: target.appending(name), options, report: report)
                }
                return
            }
            if let existing {
                if existing.isDirectory {
                    report("cannot overwrite directory '\(targetText)' with non-directory")
                    return
                }
                if options.noClobber { return }
            }
            if options.linksInstead {
                try execution.world.checkWritable(folder: target.parent)
                execution.world.put(hardLink(execution, to: source), at: target)
                return
            }
            if options.symbolicLinksInstead {
                try execution.world.make(.symlink(target: source.bytes), mode: 0o777, at: target)
                return
            }
            if case .file = node.kind {
                guard execution.world.isAllowed(4, node) else {
                    report("cannot open '\(sourceText)' for reading: Permission denied")
                    return
                }
                if let existing, case .symlink = existing.kind, !options.isRecursive || options.followsAll {
                    let (real, found) = try execution.world.resolve(target)
                    try write(execution, node, at: real, existing: found, options)
                    return
                }
                if let existing, case .symlink = existing.kind { execution.world.take(target) }
                try write(execution, node, at: target, existing: execution.world.tree.node(at: target), options)
                return
            }
            if existing != nil { execution.world.take(target) }
            try execution.world.make(node.kind, mode: node.mode, at: target)
            keep(execution, node, at: target, options)
        } catch {
            report(
                "cannot create \(node.isDirectory ? "directory" : "regular file") '\(targetText)': \(error.message)"
            )
        }
    }

    /// Writes a file's content: into the file that is there, or a new one.
    private static func write(
        _ execution: Execution,
        _ node: FileNode,
        at path: ImagePath,
        existing: FileNode?,
        _ options: CopyOptions
    ) throws(FileError) {
        if case .file(.bytes(let bytes)) = node.kind { execution.world.charge(bytes.count / 65_536) }
        if existing != nil {
            let place = execution.world.writablePlace(path)
            let current = execution.world.tree.node(at: place)
            if let current, !execution.world.isAllowed(2, current) {
                guard options.isForced else { throw .denied }
                try execution.world.checkRemovable(place, current)
                execution.world.take(place)
                try execution.world.make(
                    node.kind,
                    mode: node.mode & ~(options.keepsMode ? 0 : execution.world.umask),
                    at: place
                )
            } else {
                let time = execution.world.epochSeconds
                execution.world.tree.update(at: place) {
                    $0.kind = node.kind
                    $0.modificationTime = time
                    $0.layerIndex = nil
                }
            }
            keep(execution, node, at: place, options)
            return
        }
        try execution.world.make(
            node.kind,
            mode: options.ignoresMode
                ? 0o666 & ~execution.world.umask
                : options.keepsMode ? node.mode : node.mode & ~(execution.world.umask | 0o7000),
            at: path
        )
        keep(execution, node, at: path, options)
    }

    private static func keep(_ execution: Execution, _ node: FileNode, at path: ImagePath, _ options: CopyOptions) {
        let isRoot = execution.world.user.uid == 0
        execution.world.tree.update(at: path) {
            if options.keepsMode { $0.mode = node.mode }
            if options.keepsOwner, isRoot {
                $0.uid = node.uid
                $0.gid = node.gid
            }
            if options.keepsTimes { $0.modificationTime = node.modificationTime }
        }
    }

    /// A node that is another name of the file at a path.
    static func hardLink(_ execution: Execution, to path: ImagePath) -> FileNode {
        let place = execution.world.writablePlace(path)
        var node = execution.world.tree.node(at: place) ?? .file([])
        node.kind = .hardLink(target: place)
        return node
    }

    /// Takes a whole tree away; where a file inside has other names outside, one of them becomes the file.
    static func remove(_ execution: Execution, _ path: ImagePath) {
        var targets: [ImagePath: FileNode] = [:]
        walk(execution.world.tree, path) { child, node in
            if case .file = node.kind { targets[child] = node }
        }
        execution.world.charge(targets.count / 16)
        execution.world.take(path)
        guard !targets.isEmpty else { return }
        heal(execution, targets)
    }

    /// Finds names that point to files which are gone. Looked for only where the image has such names at all.
    private static func heal(_ execution: Execution, _ gone: [ImagePath: FileNode]) {
        guard execution.world.hasHardLinks else { return }
        var links: [(ImagePath, ImagePath)] = []
        walk(execution.world.tree, .root) { path, node in
            if case .hardLink(let target) = node.kind, gone[target] != nil { links.append((path, target)) }
        }
        var heirs: [ImagePath: ImagePath] = [:]
        for (path, target) in links {
            if let heir = heirs[target] {
                execution.world.tree.update(at: path) { $0.kind = .hardLink(target: heir) }
            } else if let node = gone[target] {
                heirs[target] = path
                execution.world.tree.update(at: path) { $0.kind = node.kind }
            }
        }
    }
}
