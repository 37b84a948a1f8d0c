// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, layer.md, "Applying Changesets", "Whiteouts", "Opaque Whiteout"; the way containerd
// follows links in the folders above an entry.

public import Archives
public import Diagnostics
public import OCISpec

/// Applies layers, the lowest first, to one tree that remembers the layer of each file.
///
/// Only the bytes of files that somebody wants are kept; the others are `stored`. A layer's whiteouts take away what lower layers
/// hold and nothing of the layer's own, wherever in the layer they stand. A hard link whose file is replaced or taken away later
/// becomes that file.
///
/// Errors: `add` throws a `Failure`: `hostileInput` for paths that climb and whiteouts of `.` and `..`, `overLimit`, and what the
/// reader throws. The tree is then of no use.
public struct TreeBuilder {
    /// The layers applied so far, as one tree.
    public private(set) var tree = FileTree()
    /// What each layer brought, whiteouts not included; empty unless asked for.
    public private(set) var layerTrees: [FileTree] = []
    /// What each layer took away from those below it, sorted; empty unless layer trees were asked for.
    public private(set) var removals: [[ImagePath]] = []
    /// What was unusual, such as owners beyond 32 bits or links to nothing, in order.
    public private(set) var notes: [String] = []

    /// What the programs of the layers are made of, by the layer and the path at which they are stored; empty unless asked for.
    public private(set) var programs: [StoredFile: BinaryProgram] = [:]

    /// A file where it stands in a layer.
    public struct StoredFile: Sendable, Hashable {
        /// The digest of the uncompressed layer.
        public let layer: Digest
        /// The entry's path in it.
        public let path: ImagePath

        /// Makes a place from its parts.
        public init(layer: Digest, path: ImagePath) {
            self.layer = layer
            self.path = path
        }
    }

    private let limits: Limits
    private let looksIntoPrograms: Bool
    private let wanted: (ImagePath, Int) -> Bool
    private let keepsLayers: Bool
    private var keptBytes = 0
    private var entryCount = 0
    private var layerCount = 0
    /// The hard links to each file.
    private var links: [ImagePath: Set<ImagePath>] = [:]

    /// Starts with an empty root folder.
    ///
    /// - Parameters:
    ///   - keepsLayers: whether to keep a tree for each layer as well.
    ///   - looksIntoPrograms: whether to look through programs whose bytes are not kept.
    ///   - wanted: whether the bytes of a file of that path and size are to be kept.
    public init(
        limits: Limits,
        keepsLayers: Bool = false,
        looksIntoPrograms: Bool = false,
        wanted: @escaping (_ path: ImagePath, _ sizeBytes: Int) -> Bool = { _, _ in false }
    ) {
        self.limits = limits
        self.keepsLayers = keepsLayers
        self.looksIntoPrograms = looksIntoPrograms
        self.wanted = wanted
    }

    /// Reads one layer's entries to the end and applies them.
    ///
    /// - Parameter diffID: the digest of the uncompressed layer, for the content that is not kept.
    public mutating func add(_ reader: ArchiveReader, diffID: Digest) throws {
        var nodes: [(path: ImagePath, node: FileNode)] = []
        var removed: Set<ImagePath> = []
        var opaque: Set<ImagePath> = []
        let layer = layerCount
        while let entry = try reader.next() {
            entryCount += 1
            guard entryCount <= limits.entries else {
                throw Failure(.overLimit, "the image has more than \(limits.entries) entries")
            }
            let path = try Self.imagePath(entry.path, of: entry)
            if let note = entry.note { notes.append("\(path): \(note)") }
            switch try Self.whiteout(path, of: entry) {
            case .removes(let target)?: removed.insert(target)
            case .empties(let folder)?: opaque.insert(folder)
            case .ignored?: continue
            case nil: if let node = try node(entry, path, reader, layer, diffID) { nodes.append((path, node)) }
            }
        }
        layerCount += 1
        // Sorted, so that the outcome never hangs on the order of a set.
        for folder in opaque.sorted() {
            let target = effective(folder)
            for name in tree.entries(of: target) ?? [] { remove(target.appending(name)) }
        }
        for path in removed.sorted() { remove(effective(path)) }
        var own = FileTree()
        for (path, node) in nodes {
            place(node, at: path)
            if keepsLayers { own.insert(node, at: path) }
        }
        if keepsLayers {
            layerTrees.append(own)
            removals.append(removed.union(opaque).sorted())
        }
    }

    /// How many layers were applied.
    public var appliedLayers: Int { layerCount }
}

extension TreeBuilder {
    private enum Whiteout {
        case removes(ImagePath)
        case empties(ImagePath)
        case ignored
    }

    private static let mark = Array(".wh.".utf8)
    private static let opaqueMark = Array(".wh..opq".utf8)

    /// A layer's paths are relative to the image's root; some tools write a slash in front. None may climb.
    private static func imagePath(_ bytes: [UInt8], of entry: ArchiveEntry) throws -> ImagePath {
        switch PathHazard(bytes) {
        case .climbs?, .holdsNUL?, .empty?:
            throw Failure(
                .hostileInput,
                "a layer holds a path that leads out of the image",
                why: entry.displayPath
            )
        case .absolute?:
            guard PathHazard(Array(bytes.drop { $0 == 0x2F })) != .climbs else {
                throw Failure(
                    .hostileInput,
                    "a layer holds a path that leads out of the image",
                    why: entry.displayPath
                )
            }
            return ImagePath(bytes)
        case nil:
            return ImagePath(bytes)
        }
    }

    private static func whiteout(_ path: ImagePath, of entry: ArchiveEntry) throws -> Whiteout? {
        guard let name = path.name, name.first == 0x2E, name.starts(with: mark) else { return nil }
        let rest = Array(name.dropFirst(mark.count))
        if rest == opaqueMark { return .empties(path.parent) }
        // What else begins with the mark twice is bookkeeping of aufs.
        if rest.starts(with: mark) { return .ignored }
        guard !rest.isEmpty, rest != [0x2E], rest != [0x2E, 0x2E] else {
            throw Failure(.hostileInput, "a layer takes away a folder itself", why: entry.displayPath)
        }
        return .removes(path.parent.appending(rest))
    }

    private mutating func node(
        _ entry: ArchiveEntry,
        _ path: ImagePath,
        _ reader: ArchiveReader,
        _ layer: Int,
        _ diffID: Digest
    ) throws -> FileNode? {
        let kind: FileNode.Kind
        switch entry.kind {
        case .directory: kind = .directory
        case .symlink(let target): kind = .symlink(target: target)
        case .hardLink(let target): kind = .hardLink(target: try Self.imagePath(target, of: entry))
        case .character(let major, let minor): kind = .character(major: major, minor: minor)
        case .block(let major, let minor): kind = .block(major: major, minor: minor)
        case .fifo: kind = .fifo
        case .socket: return nil
        case .file:
            if path.isRoot { return nil }
            if entry.sizeBytes <= limits.entryBytes, wanted(path, entry.sizeBytes) {
                let bytes = try reader.readAll()
                keptBytes += bytes.count
                // A few files may be as large as one may be; a whole image of them may not.
                guard keptBytes / 4 <= limits.entryBytes else {
                    throw Failure(.overLimit, "the files to look at are too large together", why: path.description)
                }
                kind = .file(.bytes(bytes))
            } else {
                kind = .file(.stored(layer: diffID, path: path, sizeBytes: entry.sizeBytes))
                if looksIntoPrograms, entry.mode & 0o111 != 0 {
                    var scanner = ProgramScanner()
                    try reader.readBlocks { scanner.read($0, at: $1) }
                    programs[StoredFile(layer: diffID, path: path)] = scanner.program
                }
            }
        }
        return FileNode(
            kind: kind,
            mode: entry.mode,
            uid: entry.uid,
            gid: entry.gid,
            modificationTime: entry.modificationTime,
            layerIndex: layer
        )
    }

    /// Puts a node where the entry's path leads: links in the folders above are followed, the last component is not.
    private mutating func place(_ node: FileNode, at path: ImagePath) {
        let target = effective(path)
        makeFolders(above: target, layer: node.layerIndex)
        if node.isDirectory {
            // A folder over a folder keeps what is there; over anything else it replaces it.
            if tree.node(at: target)?.isDirectory != true { release(target) }
            tree.insert(node, at: target)
            return
        }
        if case .hardLink(let written) = node.kind {
            placeLink(node, to: effective(written), at: target)
            return
        }
        release(target)
        tree.insert(node, at: target)
    }

    private mutating func placeLink(_ node: FileNode, to written: ImagePath, at path: ImagePath) {
        var file = written
        if case .hardLink(let first)? = tree.node(at: file)?.kind { file = first }
        guard file != path else { return }
        guard let original = tree.node(at: file) else {
            notes.append("\(path): a hard link to \(written), which is not there")
            release(path)
            var dangling = node
            dangling.kind = .hardLink(target: file)
            tree.insert(dangling, at: path)
            return
        }
        release(path)
        var link = node
        // All names of a file share its mode and owner; what the link's own header says may differ.
        (link.mode, link.uid, link.gid) = (original.mode, original.uid, original.gid)
        switch original.kind {
        case .file:
            link.kind = .hardLink(target: file)
            links[file, default: []].insert(path)
        case .directory: return
        default: link.kind = original.kind
        }
        tree.insert(link, at: path)
    }

    private mutating func remove(_ path: ImagePath) {
        guard tree.node(at: path) != nil else { return }
        release(path)
        tree.remove(path)
    }

    /// Gets ready for the loss of everything at and below a path: links from elsewhere to files there become the files.
    private mutating func release(_ path: ImagePath) {
        guard !links.isEmpty, let node = tree.node(at: path) else { return }
        var lost: [(path: ImagePath, node: FileNode)] = []
        if node.isDirectory {
            tree.walk(from: path) { path, node in
                lost.append((path, node))
                return true
            }
        } else {
            lost.append((path, node))
        }
        for (lostPath, lostNode) in lost {
            if case .hardLink(let target) = lostNode.kind {
                links[target]?.remove(lostPath)
                if links[target]?.isEmpty == true { links[target] = nil }
                continue
            }
            guard let names = links.removeValue(forKey: lostPath) else { continue }
            var survivors = names.filter { !$0.isInside(path) }.sorted()
            guard !survivors.isEmpty else { continue }
            let heir = survivors.removeFirst()
            var file = lostNode
            file.layerIndex = tree.node(at: heir)?.layerIndex ?? lostNode.layerIndex
            tree.insert(file, at: heir)
            for link in survivors {
                tree.update(at: link) { $0.kind = .hardLink(target: heir) }
            }
            if !survivors.isEmpty { links[heir] = Set(survivors) }
        }
    }

    /// Where a path leads when links in the folders above its last component are followed, as containerd does: what a link
    /// points at need not be there, for the folders that are missing are made.
    private func effective(_ path: ImagePath) -> ImagePath {
        let parent = path.parent
        guard let name = path.name, tree.node(at: parent)?.isDirectory != true else { return path }
        var pending = Array(parent.components.reversed())
        var names: [ImagePath.Name] = []
        var linkCount = 0
        while let component = pending.popLast() {
            if component == [0x2E, 0x2E] {
                _ = names.popLast()
                continue
            }
            guard case .symlink(let target)? = tree.node(at: ImagePath(names: names + [component]))?.kind else {
                names.append(component)
                continue
            }
            linkCount += 1
            // Links that run in circles lead nowhere: a folder takes their place.
            guard linkCount <= 40, !target.isEmpty else { return path }
            if target.first == 0x2F { names = [] }
            pending += target.split(separator: 0x2F).map(Array.init).filter { $0 != [0x2E] }.reversed()
        }
        return ImagePath(names: names + [name])
    }

    /// Makes the folders above a path that no entry names, as part of the layer that needs them.
    private mutating func makeFolders(above path: ImagePath, layer: Int?) {
        guard tree.node(at: path.parent)?.isDirectory != true else { return }
        for count in 1..<max(1, path.components.count) {
            let folder = ImagePath(names: Array(path.components.prefix(count)))
            guard tree.node(at: folder)?.isDirectory != true else { continue }
            release(folder)
            var node = FileNode.directory()
            node.layerIndex = layer
            tree.insert(node, at: folder)
        }
    }
}
