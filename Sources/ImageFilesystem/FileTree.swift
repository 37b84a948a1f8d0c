// SPDX-License-Identifier: Apache-2.0

public import OCISpec

/// An image's filesystem as a value: copying is free, changing copies only the folders on the way.
///
/// Paths given to the methods that name no resolution are taken as they are: no link on the way is followed. `resolve` follows
/// links as the kernel does in a container. A folder's entries come sorted by the bytes of their names.
///
/// - `node(at:)`, `resolve(_:)`, `entries(of:)`, `walk(from:_:)` look.
/// - `insert(_:at:)`, `remove(_:)`, `update(_:at:)` change.
/// - `changes(since:)` compares two states of one tree in time proportional to what changed.
public struct FileTree: Sendable {
    private var top: Folder

    /// How many components a path of the tree may have: more than any real image has, few enough for every stack.
    public static let maximumDepth = 512

    /// An empty root folder, mode 0755 of root.
    public init() { top = Folder(node: .directory()) }

    /// The node at a path, no link followed; nil when there is none.
    public func node(at path: ImagePath) -> FileNode? {
        guard let name = path.name else { return top.node }
        return folder(at: path.parent)?.children[name]?.node
    }

    /// The names in a folder, sorted by bytes; nil when there is no folder at the path.
    public func entries(of path: ImagePath) -> [ImagePath.Name]? {
        folder(at: path).map { folder in folder.children.keys.sorted { $0.lexicographicallyPrecedes($1) } }
    }

    /// Follows every link on the way and, if asked, the last one, as the kernel does below a container's root.
    ///
    /// - Returns: the path without links whose parent folder exists, and the node there (nil when there is none); nil when a
    ///   part on the way is missing or is no folder, or when more than 40 links were met.
    public func resolve(_ path: ImagePath, followLast: Bool = true) -> (path: ImagePath, node: FileNode?)? {
        var pending = Array(path.components.reversed())
        // The folders from the root down to where we are, so that going up costs nothing.
        var folders = [top]
        var names: [ImagePath.Name] = []
        func here(_ last: ImagePath.Name? = nil) -> ImagePath {
            ImagePath(names: names + (last.map { [$0] } ?? []))
        }
        var linkCount = 0
        while let name = pending.popLast() {
            if name == [0x2E, 0x2E] {
                if names.popLast() != nil { folders.removeLast() }
                continue
            }
            guard let folder = folders.last else { return nil }
            switch folder.children[name] {
            case nil:
                return pending.isEmpty ? (here(name), nil) : nil
            case .folder(let next)?:
                folders.append(next)
                names.append(name)
            case .leaf(let node)?:
                if case .symlink(let target) = node.kind, followLast || !pending.isEmpty {
                    linkCount += 1
                    // The kernel takes no empty target and at most 40 links.
                    guard linkCount <= 40, !target.isEmpty else { return nil }
                    if target.first == 0x2F {
                        folders = [top]
                        names = []
                    }
                    let parts = target.split(separator: 0x2F).map(Array.init).filter { $0 != [0x2E] }
                    pending.append(contentsOf: parts.reversed())
                    continue
                }
                return pending.isEmpty ? (here(name), node) : nil
            }
        }
        return (here(), folders.last?.node)
    }

    /// The node behind a path with all links followed, hard links included; nil when there is none.
    public func resolvedNode(at path: ImagePath) -> FileNode? {
        guard var node = resolve(path)?.node else { return nil }
        for _ in 0..<40 {
            guard case .hardLink(let target) = node.kind else { return node }
            guard let next = self.node(at: target) else { return nil }
            node = next
        }
        return nil
    }

    /// The bytes of the file behind a path with all links followed; nil when it is no file or its bytes are not at hand.
    public func bytes(at path: ImagePath) -> [UInt8]? {
        guard case .file(.bytes(let bytes)) = resolvedNode(at: path)?.kind else { return nil }
        return bytes
    }

    /// Puts a node at a path; folders that are missing on the way are made (mode 0755, root), what is no folder on the way is
    /// replaced by one.
    ///
    /// A folder put where a folder is keeps what that one holds; anything else replaces what was there whole. A path of more
    /// than `maximumDepth` components is not taken: the call does nothing.
    public mutating func insert(_ node: FileNode, at path: ImagePath) {
        guard path.components.count <= Self.maximumDepth else { return }
        guard !path.isRoot else {
            if node.isDirectory { mutate { $0.node = node } }
            return
        }
        Self.insert(node, at: path.components[...], in: &top)
    }

    /// Changes the node at a path in place, no link followed.
    ///
    /// - Returns: whether there was one. Changing the kind from or to a folder is not for this method: it is ignored.
    @discardableResult
    public mutating func update(at path: ImagePath, _ change: (inout FileNode) -> Void) -> Bool {
        guard var node = node(at: path) else { return false }
        let wasDirectory = node.isDirectory
        change(&node)
        guard node.isDirectory == wasDirectory else { return true }
        insert(node, at: path)
        return true
    }

    /// Takes away what is at a path, with all that it holds; the root itself is only emptied.
    ///
    /// - Returns: whether something was there.
    @discardableResult
    public mutating func remove(_ path: ImagePath) -> Bool {
        guard !path.isRoot else {
            mutate { $0.children = [:] }
            return true
        }
        guard node(at: path) != nil else { return false }
        Self.remove(path.components[...], in: &top)
        return true
    }

    /// Visits everything at and below a path, folders before what they hold, sorted by bytes; the path itself first.
    ///
    /// - Parameter visit: answers whether to go into the folder just visited; the answer is ignored for other nodes.
    public func walk(from path: ImagePath = .root, _ visit: (ImagePath, FileNode) throws -> Bool) rethrows {
        guard let node = node(at: path) else { return }
        guard try visit(path, node), let folder = folder(at: path) else { return }
        try Self.walk(folder, at: path, visit)
    }

    /// What differs from an earlier state of the tree, sorted by path.
    ///
    /// A folder that is gone is one change, without what it held. Folders that both have untouched are not looked into.
    public func changes(since earlier: FileTree) -> [Change] {
        var result: [Change] = []
        if top.node != earlier.top.node { result.append(Change(path: .root, node: top.node)) }
        Self.compare(earlier.top, top, at: .root, into: &result)
        return result
    }
}

extension FileTree {
    /// One difference between two states of a tree.
    public struct Change: Sendable, Hashable {
        /// Where.
        public let path: ImagePath
        /// What is there now; nil when it is gone.
        public let node: FileNode?
        /// Whether a folder stands there now where something else stood, or something else where a folder stood.
        public let replacesOtherKind: Bool

        init(path: ImagePath, node: FileNode?, replacesOtherKind: Bool = false) {
            self.path = path
            self.node = node
            self.replacesOtherKind = replacesOtherKind
        }
    }

    private enum Child: Sendable {
        case leaf(FileNode)
        case folder(Folder)

        var node: FileNode {
            switch self {
            case .leaf(let node): node
            case .folder(let folder): folder.node
            }
        }
    }

    /// A folder's own node and what it holds.
    ///
    /// `@unchecked Sendable`: changed only while it is uniquely referenced, as the standard library's collections are.
    private final class Folder: @unchecked Sendable {
        var node: FileNode
        var children: [ImagePath.Name: Child]

        init(node: FileNode, children: [ImagePath.Name: Child] = [:]) {
            self.node = node
            self.children = children
        }
    }

    private mutating func mutate(_ change: (Folder) -> Void) {
        Self.makeUnique(&top)
        change(top)
    }

    private static func makeUnique(_ folder: inout Folder) {
        if !isKnownUniquelyReferenced(&folder) { folder = Folder(node: folder.node, children: folder.children) }
    }

    private func folder(at path: ImagePath) -> Folder? {
        var current = top
        for name in path.components {
            guard case .folder(let next)? = current.children[name] else { return nil }
            current = next
        }
        return current
    }

    private static func insert(_ node: FileNode, at path: ArraySlice<ImagePath.Name>, in folder: inout Folder) {
        guard let name = path.first else { return }
        makeUnique(&folder)
        if path.count == 1 {
            switch folder.children[name] {
            case .folder(var old)? where node.isDirectory:
                folder.children[name] = nil
                makeUnique(&old)
                old.node = node
                folder.children[name] = .folder(old)
            default:
                folder.children[name] = node.isDirectory ? .folder(Folder(node: node)) : .leaf(node)
            }
            return
        }
        var next: Folder
        if case .folder(let existing)? = folder.children.removeValue(forKey: name) {
            next = existing
        } else {
            next = Folder(node: .directory())
        }
        insert(node, at: path.dropFirst(), in: &next)
        folder.children[name] = .folder(next)
    }

    private static func remove(_ path: ArraySlice<ImagePath.Name>, in folder: inout Folder) {
        guard let name = path.first else { return }
        makeUnique(&folder)
        if path.count == 1 {
            folder.children[name] = nil
            return
        }
        guard case .folder(var next)? = folder.children.removeValue(forKey: name) else { return }
        remove(path.dropFirst(), in: &next)
        folder.children[name] = .folder(next)
    }

    private static func walk(
        _ folder: Folder,
        at path: ImagePath,
        _ visit: (ImagePath, FileNode) throws -> Bool
    ) rethrows {
        for (name, child) in folder.children.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let childPath = path.appending(name)
            let goesIn = try visit(childPath, child.node)
            if goesIn, case .folder(let next) = child { try walk(next, at: childPath, visit) }
        }
    }

    private static func compare(_ old: Folder, _ new: Folder, at path: ImagePath, into result: inout [Change]) {
        if old === new { return }
        let names = Set(old.children.keys).union(new.children.keys).sorted { $0.lexicographicallyPrecedes($1) }
        for name in names {
            let childPath = path.appending(name)
            switch (old.children[name], new.children[name]) {
            case (.folder(let before)?, .folder(let after)?):
                if before === after { continue }
                if before.node != after.node { result.append(Change(path: childPath, node: after.node)) }
                compare(before, after, at: childPath, into: &result)
            case (.leaf(let before)?, .leaf(let after)?):
                if before != after { result.append(Change(path: childPath, node: after)) }
            case (let before, .folder(let after)?):
                result.append(Change(path: childPath, node: after.node, replacesOtherKind: before != nil))
                compare(Folder(node: after.node), after, at: childPath, into: &result)
            case (let before, .leaf(let after)?):
                result.append(Change(path: childPath, node: after, replacesOtherKind: before != nil))
            case (.some, nil):
                result.append(Change(path: childPath, node: nil))
            case (nil, nil):
                continue
            }
        }
    }
}
