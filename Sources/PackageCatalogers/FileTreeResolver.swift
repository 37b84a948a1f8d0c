// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import ImageFilesystem
public import OCISpec

/// Shows catalogers a filesystem tree.
public struct FileTreeResolver: FileResolver {
    private let tree: FileTree
    private let layers: [Digest]
    private let looked: [TreeBuilder.StoredFile: BinaryProgram]
    private let load: (Digest, ImagePath) throws -> [UInt8]?

    /// Makes a resolver.
    ///
    /// - Parameters:
    ///   - tree: the squashed view.
    ///   - layers: the digests of the uncompressed layers, lowest first; empty when not known.
    ///   - programs: what the programs of the layers are made of, as a `TreeBuilder` looked through them.
    ///   - load: reads a file whose bytes the tree does not keep, from the layer and path that it names; nil when it cannot.
    public init(
        tree: FileTree,
        layers: [Digest] = [],
        programs: [TreeBuilder.StoredFile: BinaryProgram] = [:],
        load: @escaping (Digest, ImagePath) throws -> [UInt8]? = { _, _ in nil }
    ) {
        self.tree = tree
        self.layers = layers
        self.looked = programs
        self.load = load
    }

    /// The wanted names of the tree.
    public func names(at places: [FileNames.Place], where isWanted: (ImagePath) -> Bool) -> FileNames {
        FileNames(of: tree, at: places, where: isWanted)
    }

    /// The programs among the files that may be run.
    public func programs() -> [ResolvedProgram] {
        var result: [ResolvedProgram] = []
        tree.walk { path, node in
            guard case .file(let content) = node.kind, node.mode & 0o111 != 0 else { return true }
            let program: BinaryProgram?
            switch content {
            case .bytes(let bytes): program = BinaryProgram(bytes)
            case .stored(let layer, let stored, _):
                program = looked[TreeBuilder.StoredFile(layer: layer, path: stored)]
            // A program of an image that is only predicted has no bytes: one that was built, fetched or copied from elsewhere is there all
            // the same. A name that ends as files do is left to whoever reads such files.
            case .unknown: program = Self.isPlain(path) ? BinaryProgram() : nil
            case .modelled:
                program = node.source.map(Self.isPlain) == true && Self.isPlain(path) ? BinaryProgram() : nil
            }
            if let program {
                result.append(
                    ResolvedProgram(
                        path: path,
                        program: program,
                        layerIndex: node.layerIndex,
                        layerDiffID: diffID(node)
                    )
                )
            }
            return true
        }
        return result
    }

    /// Whether a path has no ending, and is none of a package of Node.js, whose programs are scripts.
    private static func isPlain(_ path: ImagePath) -> Bool {
        path.name?.contains(UInt8(ascii: ".")) == false
            && !path.components.contains { $0.elementsEqual("node_modules".utf8) }
    }

    private func diffID(_ node: FileNode) -> Digest? {
        node.layerIndex.flatMap { layers.indices.contains($0) ? layers[$0] : nil }
    }

    /// The file behind a path, links followed.
    public func file(at path: ImagePath) throws -> ResolvedFile? {
        guard let node = tree.resolvedNode(at: path) else { return nil }
        guard case .file(let content) = node.kind else { return nil }
        let found: ResolvedFile.Content
        switch content {
        case .bytes(let bytes): found = .bytes(bytes)
        case .stored(let layer, let stored, _): found = try load(layer, stored).map { .bytes($0) } ?? .absent
        case .modelled: found = .absent
        case .unknown(let unknown): found = .unknown(unknown.reason)
        }
        return ResolvedFile(path: path, content: found, layerIndex: node.layerIndex, layerDiffID: diffID(node))
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

    /// The programs among the files that were gathered.
    public func programs() -> [ResolvedProgram] {
        files.values.sorted { $0.path < $1.path }.compactMap { file in
            guard case .bytes(let bytes) = file.content, let program = BinaryProgram(bytes) else { return nil }
            return ResolvedProgram(
                path: file.path,
                program: program,
                layerIndex: file.layerIndex,
                layerDiffID: file.layerDiffID
            )
        }
    }

    /// Every path that is wanted; there are no links.
    public func names(at places: [FileNames.Place], where isWanted: (ImagePath) -> Bool) -> FileNames {
        FileNames(files.keys.filter(isWanted))
    }

    /// The file at exactly this path.
    public func file(at path: ImagePath) -> ResolvedFile? { files[path] }
}
