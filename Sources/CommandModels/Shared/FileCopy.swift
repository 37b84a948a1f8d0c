// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, cp; GNU coreutils 9.1 for what it adds.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// Copies files and whole trees to exact places, and keeps what went wrong.
struct FileCopy {
    /// What is copied, and how.
    struct Options {
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
        /// New files get the mode of any new file rather than that of the source.
        var ignoresMode = false
        /// A folder that is made by the copying itself, and so not copied.
        var skipped: ImagePath?
    }

    let options: Options
    /// What went wrong, in the program's words, in order.
    private(set) var problems: [(text: String, reason: CommandFailure?)] = []

    init(_ options: Options = Options()) { self.options = options }

    /// Copies one thing with all that it holds.
    mutating func copy(from source: ImagePath, _ node: FileNode, to target: ImagePath, in world: inout World) {
        guard world.charge(1) else { return }
        do throws(FileError) {
            var node = node
            if case .hardLink(let target) = node.kind { node = world.fileBehind(node, at: target) }
            node.source = node.source(at: source)
            if case .character = node.kind, !options.isRecursive { node = Self.content(of: node, at: source) }
            if node.isDirectory {
                try copyFolder(from: source, node, to: target, in: &world)
            } else {
                try copyFile(from: source, node, to: target, in: &world)
            }
        } catch {
            let kind = node.isDirectory ? "directory" : "regular file"
            report("cannot create \(kind) '\(target)': \(error.message)", error.reason(target.description))
        }
    }

    /// A file with what is read from a device, which is what is copied of it.
    private static func content(of device: FileNode, at path: ImagePath) -> FileNode {
        var file = device
        file.kind =
            ContainerDevices.isEmpty(device.kind)
            ? .file(.bytes([]))
            : .file(.unknown(Unknown(reason: "what is read from \(path) is not known", scope: .files)))
        return file
    }

    private mutating func report(_ text: String, _ reason: CommandFailure? = nil) { problems.append((text, reason)) }

    private mutating func copyFolder(
        from source: ImagePath,
        _ node: FileNode,
        to target: ImagePath,
        in world: inout World
    ) throws(FileError) {
        // What the folder held before: a copy below itself does not grow while it is made.
        let before = world.tree
        let existing = before.node(at: target)
        if let existing, !existing.isDirectory {
            report("cannot overwrite non-directory '\(target)' with directory '\(source)'")
            return
        }
        guard world.isAllowed(5, node) else { throw FileError.denied }
        if existing == nil {
            let masked = options.keepsMode ? 0 : world.umask | 0o7000
            try world.make(.directory, mode: node.mode & ~masked, at: target)
            keep(node, at: target, in: &world)
        }
        for name in before.entries(of: source) ?? [] {
            let child = source.appending(name)
            guard child != target, child != options.skipped, let childNode = before.node(at: child) else { continue }
            guard options.followsAll, case .symlink = childNode.kind else {
                copy(from: child, childNode, to: target.appending(name), in: &world)
                continue
            }
            guard let (place, found) = before.resolve(child), let found else {
                report("cannot stat '\(child)': No such file or directory", .fileMissing(child.description))
                continue
            }
            copy(from: place, found, to: target.appending(name), in: &world)
        }
    }

    private mutating func copyFile(
        from source: ImagePath,
        _ node: FileNode,
        to target: ImagePath,
        in world: inout World
    ) throws(FileError) {
        let existing = world.tree.node(at: target)
        if let existing {
            if existing.isDirectory {
                report("cannot overwrite directory '\(target)' with non-directory")
                return
            }
            if options.noClobber { return }
        }
        if options.linksInstead {
            try world.checkWritable(folder: target.parent)
            let link = world.hardLink(to: source)
            world.put(link, at: target)
            return
        }
        if options.symbolicLinksInstead {
            try world.make(.symlink(target: source.bytes), mode: 0o777, at: target)
            return
        }
        guard case .file = node.kind else {
            if existing != nil { world.take(target) }
            try world.make(node.kind, mode: node.mode, at: target)
            keep(node, at: target, in: &world)
            return
        }
        guard world.isAllowed(4, node) else {
            report("cannot open '\(source)' for reading: Permission denied", .notPermitted(source.description))
            return
        }
        guard case .symlink? = existing?.kind else {
            try write(node, at: target, existing: existing, in: &world)
            return
        }
        if !options.isRecursive || options.followsAll {
            let (real, found) = try world.resolve(target)
            try write(node, at: real, existing: found, in: &world)
        } else {
            world.take(target)
            try write(node, at: target, existing: world.tree.node(at: target), in: &world)
        }
    }

    /// Writes a file's content: into the file that is there, or a new one.
    private func write(
        _ node: FileNode,
        at path: ImagePath,
        existing: FileNode?,
        in world: inout World
    ) throws(FileError) {
        if case .file(.bytes(let bytes)) = node.kind { world.charge(bytes.count / 65_536) }
        guard existing != nil else {
            let mode =
                options.ignoresMode
                ? 0o666 & ~world.umask : options.keepsMode ? node.mode : node.mode & ~(world.umask | 0o7000)
            try world.make(node.kind, mode: mode, at: path)
            keep(node, at: path, in: &world)
            return
        }
        let place = world.writablePlace(path)
        if let current = world.tree.node(at: place), !world.isAllowed(2, current) {
            guard options.isForced else { throw .denied }
            try world.checkRemovable(place, current)
            world.take(place)
            try world.make(node.kind, mode: node.mode & ~(options.keepsMode ? 0 : world.umask), at: place)
        } else {
            let time = world.epochSeconds
            world.tree.update(at: place) {
                $0.kind = node.kind
                $0.modificationTime = time
                $0.layerIndex = nil
                $0.origin = nil
            }
        }
        keep(node, at: place, in: &world)
    }

    private func keep(_ node: FileNode, at path: ImagePath, in world: inout World) {
        let keepsOwner = options.keepsOwner && world.isRoot
        world.tree.update(at: path) {
            $0.source = node.source
            $0.origin = node.origin
            if options.keepsMode { $0.mode = node.mode }
            if keepsOwner {
                $0.uid = node.uid
                $0.gid = node.gid
            }
            if options.keepsTimes { $0.modificationTime = node.modificationTime }
        }
    }
}
