// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, layer.md, "Creating"; containerd's differ, which writes the folders above a change, too.

public import Archives
import Diagnostics
public import OCISpec

/// Writes what changed in a tree as a layer: the same changes give the same bytes.
///
/// Entries are sorted by path, folders with a slash at the end and no slash in front; the folders above a change are written
/// before it; what is gone becomes a whiteout. Hard links come last, their files before them.
public enum LayerWriter {
    /// Gives the bytes of a file whose content is not at hand.
    ///
    /// - Returns: nil for an empty file.
    public typealias ContentLoader = (_ path: ImagePath, _ content: FileContent) throws -> ByteSource?

    /// Writes the changes.
    ///
    /// - Parameters:
    ///   - changes: as `FileTree.changes(since:)` gives them.
    ///   - tree: the state after the changes.
    ///   - latestTime: no time of modification is later than this; nil leaves them as they are.
    ///   - loader: asked for content that is not bytes. Without one, modelled and unknown files are written empty, and stored
    ///     ones are a `Failure` (`internalFault`).
    public static func write(
        _ changes: [FileTree.Change],
        of tree: FileTree,
        to writer: TarWriter,
        latestTime: Int? = nil,
        loader: ContentLoader? = nil
    ) throws {
        var written: Set<ImagePath> = []
        var links: [(path: ImagePath, target: ImagePath, node: FileNode)] = []
        func put(_ path: ImagePath, _ node: FileNode) throws {
            guard !path.isRoot, written.insert(path).inserted else { return }
            try add(node, at: path, to: writer, latestTime: latestTime, loader: loader)
        }
        func putFoldersAbove(_ path: ImagePath) throws {
            for count in 1..<max(1, path.components.count) {
                let folder = ImagePath(names: Array(path.components.prefix(count)))
                guard !written.contains(folder), let node = tree.node(at: folder), node.isDirectory else { continue }
                try put(folder, node)
            }
        }
        for change in changes.sorted(by: { $0.path < $1.path }) where !change.path.isRoot {
            try putFoldersAbove(change.path)
            guard let node = change.node else {
                guard let name = change.path.name else { continue }
                let mark = change.path.parent.appending(Array(".wh.".utf8) + name)
                try put(mark, .file([], mode: 0))
                continue
            }
            if case .hardLink(let target) = node.kind {
                links.append((change.path, target, node))
            } else {
                try put(change.path, node)
            }
        }
        for link in links {
            if !written.contains(link.target), let file = tree.node(at: link.target) {
                try putFoldersAbove(link.target)
                try put(link.target, file)
            }
            try put(link.path, link.node)
        }
    }

    private static func add(
        _ node: FileNode,
        at path: ImagePath,
        to writer: TarWriter,
        latestTime: Int?,
        loader: ContentLoader?
    ) throws {
        var source: ByteSource?
        let kind: ArchiveEntry.Kind
        switch node.kind {
        case .directory: kind = .directory
        case .symlink(let target): kind = .symlink(target: target)
        case .hardLink(let target): kind = .hardLink(target: Array(target.bytes.dropFirst()))
        case .character(let major, let minor): kind = .character(major: major, minor: minor)
        case .block(let major, let minor): kind = .block(major: major, minor: minor)
        case .fifo: kind = .fifo
        case .file(let content):
            kind = .file
            switch content {
            case .bytes(let bytes): source = .bytes(bytes)
            case .stored where loader == nil:
                throw Failure(.internalFault, "a file's bytes are not at hand", at: .entry(path.description))
            case .stored, .modelled, .unknown: source = try loader?(path, content)
            }
        }
        let entry = ArchiveEntry(
            path: Array(path.bytes.dropFirst()),
            kind: kind,
            mode: node.mode,
            uid: node.uid,
            gid: node.gid,
            modificationTime: latestTime.map { min($0, node.modificationTime) } ?? node.modificationTime
        )
        if let source { try writer.add(entry, from: source) } else { try writer.add(entry) }
    }
}
