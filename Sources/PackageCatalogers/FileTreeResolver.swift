// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import ImageFilesystem
public import OCISpec

/// Shows catalogers a filesystem tree.
public struct FileTreeResolver: FileResolver {
    private let tree: FileTree
    private let layers: [Digest]
    private let load: (Digest, ImagePath) throws -> [UInt8]?

    /// Makes a resolver.
    ///
    /// - Parameters:
    ///   - tree: the squashed view.
    ///   - layers: the digests of the uncompressed layers, lowest first; empty when not known.
    ///   - load: reads a file whose bytes the tree does not keep, from the layer and path that it names; nil when it cannot.
    public init(
        tree: FileTree,
        layers: [Digest] = [],
        load: @escaping (Digest, ImagePath) throws -> [UInt8]? = { _, _ in nil }
    ) {
        self.tree = tree
        self.layers = layers
        self.load = load
    }

    /// Every path that is no folder and that is wanted, sorted.
    public func paths(where isWanted: (ImagePath) -> Bool) -> [ImagePath] {
        var result: [ImagePath] = []
        tree.walk { path, node in
            if !node.isDirectory, isWanted(path) { result.append(path) }
            return true
        }
        return result.sorted()
    }

    /// The file behind a path, links followed.
    public func file(at path: ImagePath) throws -> ResolvedFile? {
        guard let node = tree.resolvedNode(at: path) else { return nil }
        guard case .file(let content) = node.kind else { return nil }
        let diffID = node.layerIndex.flatMap { layers.indices.contains($0) ? layers[$0] : nil }
        let found: ResolvedFile.Content
        switch content {
        case .bytes(let bytes): found = .bytes(bytes)
        case .stored(let layer, let stored, _): found = try load(layer, stored).map { .bytes($0) } ?? .absent
        case .modelled: found = .absent
        case .unknown(let unknown): found = .unknown(unknown.reason)
        }
        return ResolvedFile(path: path, content: found, layerIndex: node.layerIndex, layerDiffID: diffID)
    }
}

/// Shows catalogers files that were gathered one by one, as a streaming reader or a test does.
public struct CollectedFiles: FileResolver, Sendable {
    private var files: [ImagePath: ResolvedFile] = [:]

    /// No files yet.
    public init() {}

    /// Adds a file or replaces the one of the same path.
    public mutating func insert(_ file: ResolvedFile) { files[file.path] = file }

    /// Adds a file with these bytes.
    public mutating func insert(
        _ bytes: [UInt8],
        at path: ImagePath,
        layerIndex: Int? = nil,
        layerDiffID: Digest? = nil
    ) {
        insert(ResolvedFile(path: path, content: .bytes(bytes), layerIndex: layerIndex, layerDiffID: layerDiffID))
    }

    /// Takes away what is at a path or below it, as a whiteout does.
    public mutating func remove(_ path: ImagePath) { files = files.filter { !$0.key.isInside(path) } }

    /// Every path that is wanted, sorted.
    public func paths(where isWanted: (ImagePath) -> Bool) -> [ImagePath] { files.keys.filter(isWanted).sorted() }

    /// The file at exactly this path.
    public func file(at path: ImagePath) -> ResolvedFile? { files[path] }
}
