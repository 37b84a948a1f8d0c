// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, path_resolution; Linux's permission checks.

import Diagnostics
public import ImageFilesystem
public import OCISpec

/// Why something cannot be done with a file.
public enum FileError: Error, Equatable {
    case missing, notFolder, denied, exists, isFolder, notEmpty, tooManyLinks, notPermitted, invalid, tooLong

    /// What the C library says of it.
    public var message: String {
        switch self {
        case .missing: "No such file or directory"
        case .notFolder: "Not a directory"
        case .denied: "Permission denied"
        case .exists: "File exists"
        case .isFolder: "Is a directory"
        case .notEmpty: "Directory not empty"
        case .tooManyLinks: "Too many levels of symbolic links"
        case .notPermitted: "Operation not permitted"
        case .invalid: "Invalid argument"
        case .tooLong: "File name too long"
        }
    }
}

extension World {
    /// A path as text, from the working directory.
    public func path(_ text: String) -> ImagePath { ImagePath(text, relativeTo: workingDirectory) }

    /// Follows a path; the node is nil when only the last part is missing.
    public mutating func resolve(_ text: String, followLast: Bool = true) throws(FileError) -> (
        path: ImagePath, node: FileNode?
    ) {
        guard !text.isEmpty else { throw .missing }
        let path = path(text)
        let hasSlash = text.utf8.last == 0x2F
        return try resolve(path, followLast: followLast || hasSlash, mustBeFolder: hasSlash)
    }

    /// Follows a path of the image; see `resolve(_:followLast:)`.
    public mutating func resolve(
        _ path: ImagePath,
        followLast: Bool = true,
        mustBeFolder: Bool = false
    ) throws(FileError) -> (path: ImagePath, node: FileNode?) {
        guard path.components.count <= 1_024, path.components.allSatisfy({ $0.count <= 255 }) else { throw .tooLong }
        let found = tree.resolve(path, followLast: followLast)
        if found?.node == nil, !mustBeFolder, let device = ContainerDevices.node(at: found?.path ?? path) {
            return (found?.path ?? path, device)
        }
        guard let result = found else { throw whyUnresolved(path) }
        if user.uid != 0 {
            var folder = ImagePath.root
            for name in result.path.components.dropLast() {
                guard let node = tree.node(at: folder), isAllowed(1, node) else { throw refused(folder) }
                folder = folder.appending(name)
            }
            if let node = tree.node(at: result.path.parent), !isAllowed(1, node) { throw refused(result.path.parent) }
        }
        if let node = result.node {
            if node.isPerhaps || tree.node(at: result.path.parent)?.isPerhaps == true { foundPerhaps = true }
        } else if isUncertain(result.path) || tree.node(at: result.path.parent)?.isPerhaps == true {
            missedUncertainly = true
        }
        if mustBeFolder, let node = result.node, !node.isDirectory { throw .notFolder }
        return result
    }

    private mutating func whyUnresolved(_ path: ImagePath) -> FileError {
        var current = ImagePath.root
        for (depth, name) in path.components.dropLast().enumerated() {
            current = current.appending(name)
            guard let (real, node) = tree.resolve(current) else {
                if case .symlink? = tree.resolve(current, followLast: false)?.node?.kind {
                    if isUncertain(current) { missedUncertainly = true }
                    return .tooManyLinks
                }
                return .missing
            }
            guard let node else {
                // A folder that is missing is not missing for certain where what lies in it may be there.
                let whole = path.components.dropFirst(depth + 1).reduce(real) { $0.appending($1) }
                if isUncertain(whole) { missedUncertainly = true }
                return .missing
            }
            if !node.isDirectory { return .notFolder }
        }
        if isUncertain(path) { missedUncertainly = true }
        // The last part is a link that leads nowhere, or around in a circle.
        var seen = 0
        var place = path
        while seen < 41, let (real, node) = tree.resolve(place, followLast: false),
            case .symlink(let target)? = node?.kind
        {
            place = ImagePath(target, relativeTo: real.parent)
            seen += 1
        }
        if seen <= 40, isUncertain(place) { missedUncertainly = true }
        return seen > 40 ? .tooManyLinks : .missing
    }

    /// Whether an error may only come from our not knowing.
    public func isUncertainMiss(_ path: String, _ error: FileError) -> Bool {
        if error == .denied || error == .notPermitted { return !isUserKnown }
        guard error == .missing || error == .notFolder else { return false }
        return isUncertain(self.path(path)) || missedUncertainly
    }

    /// What is behind a path; nil when there is nothing.
    public mutating func node(_ text: String, followLast: Bool = true) throws(FileError) -> FileNode? {
        do throws(FileError) {
            let (path, node) = try resolve(text, followLast: followLast)
            guard followLast, case .hardLink? = node?.kind else { return node }
            return tree.resolvedNode(at: path)
        } catch {
            if error == .missing || error == .notFolder { return nil }
            throw error
        }
    }

    /// Whether the user may read (4), write (2) or enter (1).
    public func isAllowed(_ bits: UInt16, _ node: FileNode) -> Bool {
        if user.uid == 0 {
            return bits & 1 == 0 || node.isDirectory || node.mode & 0o111 != 0
        }
        let shift: UInt16 = node.uid == user.uid ? 6 : (node.gid == user.gid || user.groups.contains(node.gid)) ? 3 : 0
        return (node.mode >> shift) & bits == bits
    }

    /// Keeps what was refused, so that why a program failed is known whatever it says of it.
    private mutating func refused(_ path: ImagePath) -> FileError {
        if refusedPath == nil { refusedPath = path }
        return .denied
    }

    /// Checks that entries may be made in or taken from a folder.
    public mutating func checkWritable(folder: ImagePath) throws(FileError) {
        guard let node = tree.node(at: folder) else { throw .missing }
        guard node.isDirectory else { throw .notFolder }
        guard isAllowed(3, node) else { throw refused(folder) }
    }

    /// Checks that an entry may be taken away: the sticky bit leaves that to the owners.
    public mutating func checkRemovable(_ path: ImagePath, _ node: FileNode) throws(FileError) {
        try checkWritable(folder: path.parent)
        guard user.uid != 0, let parent = tree.node(at: path.parent), parent.mode & 0o1000 != 0 else {
            return
        }
        guard node.uid == user.uid || parent.uid == user.uid else { throw .notPermitted }
    }

    /// A new node of the user's at a path, the group inherited where the folder says so.
    public mutating func make(_ kind: FileNode.Kind, mode: UInt16, at path: ImagePath) throws(FileError) {
        try checkWritable(folder: path.parent)
        var mode = mode
        var gid = user.gid
        if let parent = tree.node(at: path.parent), parent.mode & 0o2000 != 0 {
            gid = parent.gid
            if case .directory = kind { mode |= 0o2000 }
        }
        put(
            FileNode(kind: kind, mode: mode, uid: user.uid, gid: gid, modificationTime: epochSeconds),
            at: path
        )
    }

    /// Puts a node into the tree; the folder around it is touched when the entry is new.
    public mutating func put(_ node: FileNode, at path: ImagePath) {
        let isNew = tree.node(at: path) == nil
        var node = node
        node.layerIndex = nil
        tree.insert(node, at: path)
        if isNew { touch(path.parent) }
    }

    /// Sets the modification time to that of the build.
    public mutating func touch(_ path: ImagePath) {
        let time = epochSeconds
        guard let node = tree.node(at: path), node.modificationTime != time else { return }
        tree.update(at: path) { $0.modificationTime = time }
    }

    /// Takes an entry away. Where it is the first name of hard-linked files, another name becomes the file.
    public mutating func take(_ path: ImagePath) {
        tree.remove(path)
        touch(path.parent)
    }

    /// The bytes of a file; unknown where they are not at hand.
    public mutating func readFile(_ text: String) throws(FileError) -> Text {
        if text == "/dev/null" { return Text([]) }
        let (path, found) = try resolve(text)
        guard let found else { throw .missing }
        let node: FileNode
        if case .hardLink = found.kind { node = tree.resolvedNode(at: path) ?? found } else { node = found }
        guard !node.isDirectory else { throw .isFolder }
        guard isAllowed(4, node) else { throw refused(path) }
        if ContainerDevices.isEmpty(node.kind) { return Text([]) }
        guard case .file(let content) = node.kind else { return Text([], isUnknown: true) }
        switch content {
        case .bytes(let bytes):
            charge(bytes.count / 4_096)
            return Text(bytes, isUnknown: false)
        case .stored, .modelled, .unknown: return Text([], isUnknown: true)
        }
    }

    /// Where writes to a path go: the file behind links and other names.
    public func writablePlace(_ path: ImagePath) -> ImagePath {
        var place = path
        for _ in 0..<40 {
            guard case .hardLink(let target)? = tree.node(at: place)?.kind else { break }
            place = target
        }
        return place
    }

    /// Opens a file for writing as the shell does, with the user's umask.
    public mutating func openFile(_ text: String, truncates: Bool) throws(FileError) -> ImagePath {
        if text.utf8.last == 0x2F { throw try node(text) == nil ? .isFolder : .isFolder }
        let (path, node) = try resolve(text)
        guard let node else {
            try make(.file(.bytes([])), mode: 0o666 & ~umask, at: path)
            return path
        }
        guard !node.isDirectory else { throw .isFolder }
        let place = writablePlace(path)
        guard isAllowed(2, tree.node(at: place) ?? node) else { throw refused(place) }
        if truncates {
            rewrite(.bytes([]), at: place)
        }
        return place
    }

    /// Gives a file other content: it is of this moment and of nowhere else then.
    private mutating func rewrite(_ content: FileContent, at path: ImagePath) {
        let time = epochSeconds
        tree.update(at: path) {
            $0.kind = .file(content)
            $0.modificationTime = time
            $0.layerIndex = nil
            $0.origin = nil
            $0.source = nil
        }
    }

    /// Adds bytes to a file that has been opened.
    public mutating func append(_ bytes: [UInt8], isUnknown: Bool, to path: ImagePath) {
        guard let node = tree.node(at: path), case .file(let content) = node.kind else { return }
        var size = bytes.count
        let new: FileContent
        if case .bytes(let old) = content, !isUnknown {
            size += old.count
            new = .bytes(old + bytes)
        } else {
            let reason = "the text that is written to \(path) is not known"
            let scope = Unknown.Scope(ofFileAt: path)
            new = .unknown(Unknown(reason: reason, scope: scope, paths: [path.description]))
            if scope != .files || isUnknown { note(reason, scope, in: [path]) }
        }
        charge(size / 4_096)
        rewrite(new, at: path)
    }
}
