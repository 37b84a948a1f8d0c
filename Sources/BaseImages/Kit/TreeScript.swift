// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec

/// Builds an image's tree from the records of the kit, layer by layer.
///
/// The records and their fields are told in kit/README.md.
struct TreeScript {
    /// The tree with all that was done so far.
    private(set) var tree = FileTree()
    /// The paths that each package brought, in the order of the records.
    private(set) var pathsOfPackage: [String: [ImagePath]] = [:]

    private let folder: KitFolder
    private var layerIndex = 0
    private var time = 0
    private var owner: String?
    private var current = ImagePath.root
    private var knownFolders: Set<ImagePath> = [.root]

    /// How deep one list may include another.
    private static let maximalDepth = 8
    /// The largest file that a list may tell of; sums of such sizes stay numbers.
    private static let maximalSize = 1 << 44

    /// Begins with an empty tree.
    init(folder: KitFolder) {
        self.folder = folder
        tree.insert(FileNode(kind: .directory, mode: 0o755, layerIndex: 0), at: .root)
    }

    /// Carries out the records of one layer.
    ///
    /// - Parameter time: seconds since 1970, given to everything that the layer writes.
    mutating func apply(_ records: [KitRecord], layerIndex: Int, time: Int, file: String) throws {
        self.layerIndex = layerIndex
        self.time = time
        if layerIndex == 0 {
            tree.update(at: .root) { $0.modificationTime = time }
        }
        try apply(records, only: nil, file: file, depth: 0)
    }

    private mutating func apply(_ records: [KitRecord], only: Set<String>?, file: String, depth: Int) throws {
        owner = nil
        current = .root
        for record in records {
            if let only, record.kind != "p", record.kind != "c", record.kind != "t" {
                guard let owner, only.contains(owner) else { continue }
            }
            do {
                try apply(record, only: only, depth: depth)
            } catch let problem as Problem {
                throw Failure(
                    .malformedInput,
                    "a list of the kit is wrong",
                    at: .file(file, line: record.line),
                    why: problem.why
                )
            }
        }
    }

    private mutating func apply(_ record: KitRecord, only: Set<String>?, depth: Int) throws {
        switch record.kind {
        case "p": owner = record[0] == "-" || record[0].isEmpty ? nil : record[0]
        case "c": current = ImagePath(record[0])
        case "d":
            current = ImagePath(record[0])
            put(.directory, at: current, try attributes(record, from: 1, mode: 0o755))
        case "x", "m":
            let size = try size(record)
            let attributes = try attributes(record, from: 2, mode: record.kind == "x" ? 0o755 : 0o644)
            for name in record.words(1) {
                put(.file(.modelled(sizeBytes: size)), at: current.appending(name), attributes)
            }
        case "y":
            let size = try size(record)
            put(
                .file(.modelled(sizeBytes: size)),
                at: current.appending(record[1]),
                try attributes(record, from: 2, mode: 0o644)
            )
        case "s":
            put(.symlink(target: Array(record[0].utf8)), at: current.appending(record[1]), Attributes(mode: 0o777))
        case "l":
            for name in record.words(1) {
                put(.symlink(target: Array(record[0].utf8)), at: current.appending(name), Attributes(mode: 0o777))
            }
        case "h":
            let target = ImagePath(record[0])
            guard let node = tree.node(at: target) else { throw Problem("there is nothing at the link's target") }
            for name in record.words(1) {
                put(.hardLink(target: target), at: current.appending(name), Attributes(node))
            }
        case "f":
            let attributes = try attributes(record, from: 1, mode: 0o644)
            put(.file(.bytes(record.content)), at: ImagePath(record[0], relativeTo: current), attributes)
        case "a": try append(record)
        case "k": try copy(record)
        case "t", "tree":
            guard depth < Self.maximalDepth else { throw Problem("lists include each other too deeply") }
            let name = "trees/" + record[0]
            let chosen = record[1].isEmpty ? only : Set(record.words(1))
            try apply(folder.records(name), only: chosen, file: name + ".kit", depth: depth + 1)
            owner = nil
            current = .root
        case "dpkg":
            let database = DpkgDatabase(try folder.records("packages/" + record[0]))
            for (path, bytes, mode) in database.files(pathsOfPackage: pathsOfPackage) {
                put(.file(.bytes(bytes)), at: path, Attributes(mode: mode), isOwned: false)
            }
        case "apk":
            let database = ApkDatabase(try folder.records("packages/" + record[0]))
            for (path, bytes, mode) in database.files(pathsOfPackage: pathsOfPackage, tree: tree, time: time) {
                put(.file(.bytes(bytes)), at: path, Attributes(mode: mode), isOwned: false)
            }
        default: throw Problem("`\(record.kind)` is not known here")
        }
    }

    private func size(_ record: KitRecord) throws -> Int {
        guard let size = Int(record[0]), (0...Self.maximalSize).contains(size) else {
            throw Problem("a size was expected")
        }
        return size
    }

    private mutating func append(_ record: KitRecord) throws {
        let path = ImagePath(record[0])
        guard let node = tree.node(at: path), case .file(.bytes(let old)) = node.kind else {
            throw Problem("there is no text to append to")
        }
        put(.file(.bytes(old + record.content)), at: path, Attributes(node), isOwned: false)
    }

    /// Copies the files of a folder, as a new account's home is filled.
    private mutating func copy(_ record: KitRecord) throws {
        let source = ImagePath(record[0])
        let target = ImagePath(record[1])
        guard let names = tree.entries(of: source), let uid = UInt32(record[2]), let gid = UInt32(record[3]) else {
            throw Problem("a folder, a folder, a user and a group were expected")
        }
        for name in names {
            guard let node = tree.node(at: source.appending(name)), !node.isDirectory else { continue }
            put(node.kind, at: target.appending(name), Attributes(mode: node.mode, uid: uid, gid: gid), isOwned: false)
        }
    }

    private mutating func put(_ kind: FileNode.Kind, at path: ImagePath, _ attributes: Attributes, isOwned: Bool = true)
    {
        makeFolders(to: path.parent)
        if case .directory = kind { knownFolders.insert(path) }
        var kind = kind
        if case .file(.modelled(let size, nil)) = kind { kind = .file(.modelled(sizeBytes: size, of: path)) }
        tree.insert(
            FileNode(
                kind: kind,
                mode: attributes.mode,
                uid: attributes.uid,
                gid: attributes.gid,
                modificationTime: time,
                layerIndex: layerIndex
            ),
            at: path
        )
        if isOwned, let owner { pathsOfPackage[owner, default: []].append(path) }
    }

    /// Makes the folders on the way, so that they belong to this layer and have its time.
    private mutating func makeFolders(to path: ImagePath) {
        guard !knownFolders.contains(path) else { return }
        makeFolders(to: path.parent)
        knownFolders.insert(path)
        guard tree.node(at: path) == nil else { return }
        tree.insert(
            FileNode(kind: .directory, mode: 0o755, modificationTime: time, layerIndex: layerIndex),
            at: path
        )
    }

    private func attributes(_ record: KitRecord, from index: Int, mode: UInt16) throws -> Attributes {
        var attributes = Attributes(mode: mode)
        if !record[index].isEmpty {
            guard let mode = UInt16(record[index], radix: 8), mode <= 0o7777 else { throw Problem("that is no mode") }
            attributes.mode = mode
        }
        if !record[index + 1].isEmpty {
            guard let uid = UInt32(record[index + 1]), let gid = UInt32(record[index + 2]) else {
                throw Problem("a user's and a group's number were expected")
            }
            attributes.uid = uid
            attributes.gid = gid
        }
        return attributes
    }
}

extension TreeScript {
    private struct Attributes {
        var mode: UInt16
        var uid: UInt32 = 0
        var gid: UInt32 = 0

        init(mode: UInt16, uid: UInt32 = 0, gid: UInt32 = 0) {
            self.mode = mode
            self.uid = uid
            self.gid = gid
        }

        init(_ node: FileNode) { self.init(mode: node.mode, uid: node.uid, gid: node.gid) }
    }

    private struct Problem: Error {
        let why: String
        init(_ why: String) { self.why = why }
    }
}
