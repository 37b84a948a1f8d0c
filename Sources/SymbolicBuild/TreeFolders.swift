// SPDX-License-Identifier: Apache-2.0
//
// Source: tonistiigi/fsutil copy, MkdirAll; containerd continuity fs, RootPath.

import ImageFilesystem
import OCISpec

/// Makes the folders that a path needs, as COPY and WORKDIR do.
struct TreeFolders {
    /// The owner of folders that are made.
    let uid: UInt32
    /// The group of folders that are made.
    let gid: UInt32
    /// Seconds since 1970 for folders that are made.
    let epochSeconds: Int
    /// The mode of folders that are made.
    var mode = Self.usualMode

    /// What folders get where nothing says otherwise.
    static let usualMode: UInt16 = 0o755

    /// Makes what is missing, and follows links on the way, the last one too.
    ///
    /// - Returns: the folder's path without links.
    /// - Throws: a `BuildStop` when something on the way is no folder.
    @discardableResult
    func make(_ path: ImagePath, in tree: inout FileTree) throws -> ImagePath {
        try make(path, in: &tree, depth: 0)
    }

    private func make(_ path: ImagePath, in tree: inout FileTree, depth: Int) throws -> ImagePath {
        guard path.components.count <= FileTree.maximumDepth else {
            throw BuildStop("mkdir \(path.description.prefix(200))…: file name too long")
        }
        var current = ImagePath.root
        for name in path.components {
            let next = current.appending(name)
            guard let resolved = tree.resolve(next) else {
                // A link to a folder whose own parent is missing: that one is made too.
                guard depth < 40, case .symlink(let target)? = tree.node(at: next)?.kind, !target.isEmpty else {
                    throw BuildStop("mkdir \(next): not a directory")
                }
                current = try make(ImagePath(target, relativeTo: current), in: &tree, depth: depth + 1)
                continue
            }
            if let node = resolved.node, !node.isPerhaps || node.isDirectory {
                guard node.isDirectory else { throw BuildStop("mkdir \(next): not a directory") }
            } else {
                var folder = FileNode.directory(mode: mode, uid: uid, gid: gid)
                folder.modificationTime = epochSeconds
                if resolved.node != nil { tree.remove(resolved.path) }
                tree.insert(folder, at: resolved.path)
            }
            current = resolved.path
        }
        return current
    }
}
