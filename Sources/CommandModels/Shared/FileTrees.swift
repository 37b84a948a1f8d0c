// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, mv, rm; link(2).

import ImageFilesystem
import OCISpec
import ShellMachine

extension FileTree {
    /// What is at and below a path, folders before what they hold; links are not followed.
    func everything(from path: ImagePath) -> [(path: ImagePath, node: FileNode)] {
        var result: [(path: ImagePath, node: FileNode)] = []
        walk(from: path) { child, node in
            result.append((child, node))
            return true
        }
        return result
    }

    /// What is at and below a path, what is in a folder before the folder.
    func everythingUpwards(from path: ImagePath) -> [(path: ImagePath, node: FileNode)] {
        var result: [(path: ImagePath, node: FileNode)] = []
        // In the order of the walk a folder stands before what it holds: each is put behind the last of its own.
        var open: [(path: ImagePath, node: FileNode)] = []
        for entry in everything(from: path) {
            while let last = open.last, !entry.path.isInside(last.path) {
                result.append(last)
                open.removeLast()
            }
            open.append(entry)
        }
        return result + open.reversed()
    }
}

extension ImagePath {
    /// The same path below another folder.
    func moved(from: ImagePath, to: ImagePath) -> ImagePath {
        components.dropFirst(from.components.count).reduce(to) { $0.appending($1) }
    }

    /// The parts below a folder as text.
    func parts(below folder: ImagePath) -> [String] {
        components.dropFirst(folder.components.count).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension World {
    /// Whether a path leads to a folder, links followed.
    mutating func isFolder(_ text: String) -> Bool { ((try? node(text)) ?? nil)?.isDirectory == true }

    /// Puts what is at one path at another, whole; other names of hard-linked files inside follow.
    mutating func moveTree(from: ImagePath, to: ImagePath) {
        guard from != to else { return }
        let nodes = tree.everything(from: from)
        charge(nodes.count / 16)
        take(from)
        if let old = tree.node(at: to), !(old.isDirectory && nodes.first?.node.isDirectory == true) { take(to) }
        for (path, node) in nodes {
            var node = node
            if case .hardLink(let target) = node.kind, target.isInside(from) {
                node.kind = .hardLink(target: target.moved(from: from, to: to))
            }
            node.source = node.source(at: path)
            put(node, at: path.moved(from: from, to: to))
        }
    }

    /// The file that a name of a hard-linked file stands for, with the mode and owner of that name where the file is not there.
    func fileBehind(_ node: FileNode, at target: ImagePath) -> FileNode {
        guard let file = tree.resolvedNode(at: target) else { return node }
        var result = node
        result.kind = file.kind
        result.source = file.source(at: target)
        return result
    }

    /// A node that is another name of the file at a path.
    func hardLink(to path: ImagePath) -> FileNode {
        let place = writablePlace(path)
        var node = tree.node(at: place) ?? .file([])
        node.kind = .hardLink(target: place)
        return node
    }

    /// Takes a whole tree away; where a file inside has other names outside, one of them becomes the file.
    mutating func removeTree(_ path: ImagePath) {
        var files: [ImagePath: FileNode] = [:]
        for (child, node) in tree.everything(from: path) {
            if case .file = node.kind { files[child] = node }
        }
        charge(files.count / 16)
        take(path)
        if !files.isEmpty, hasHardLinks { heal(files) }
    }

    /// Finds names that point to files which are gone.
    private mutating func heal(_ gone: [ImagePath: FileNode]) {
        var heirs: [ImagePath: ImagePath] = [:]
        for (path, node) in tree.everything(from: .root) {
            guard case .hardLink(let target) = node.kind, let file = gone[target] else { continue }
            if let heir = heirs[target] {
                tree.update(at: path) { $0.kind = .hardLink(target: heir) }
            } else {
                heirs[target] = path
                tree.update(at: path) { $0.kind = file.kind }
            }
        }
    }
}
