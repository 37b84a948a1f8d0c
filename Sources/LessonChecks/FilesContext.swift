// SPDX-License-Identifier: Apache-2.0
//
// Source: Docker documentation, "Build context".

import Diagnostics
import DockerfileSyntax
import HostFiles
import ImageFilesystem
import OCISpec
import SymbolicBuild
import Workspaces

/// The files of a folder, as they were read, as a build context.
struct FilesContext: BuildContext {
    let tree: FileTree
    private let files: WorkFiles
    private let ignore: IgnoreFile?
    private let limits: Limits

    /// Takes a folder's files. `DOCKERFILE.dockerignore` beside the Dockerfile wins over `.dockerignore`.
    ///
    /// - Parameter dockerfile: the Dockerfile's name in the folder.
    /// - Throws: a `Failure` when an ignore file is malformed or too large.
    init(_ files: WorkFiles, dockerfile: String, limits: Limits) throws {
        self.init(files, ignoring: try Self.ignoreFile(files, dockerfile, limits), limits: limits)
    }

    private init(_ files: WorkFiles, ignoring ignore: IgnoreFile?, limits: Limits) {
        var tree = FileTree()
        // A folder that is ignored is not gone into, unless an exception could hold for something in it.
        var closed: String?
        for entry in files.entries {
            if let closed, entry.path.hasPrefix(closed) { continue }
            closed = nil
            let isIgnored = ignore?.matches(entry.path) ?? false
            let isOurs = entry.path == ".seaworthy"
            if entry.kind == .directory, isOurs || (isIgnored && ignore?.hasNegations != true) {
                closed = entry.path + "/"
            }
            guard !isOurs, !isIgnored, let node = Self.node(entry) else { continue }
            tree.insert(node, at: ImagePath(entry.path))
        }
        self.tree = tree
        self.files = files
        self.ignore = ignore
        self.limits = limits
    }

    /// The folder as if it had no ignore file.
    func withoutIgnoreFile() -> FilesContext {
        ignore == nil ? self : FilesContext(files, ignoring: nil, limits: limits)
    }

    func load(_ path: ImagePath) throws -> [UInt8] {
        let real = tree.resolve(path)?.path ?? path
        return try files.bytes(of: Self.name(real), limit: limits.entryBytes)
    }

    func isIgnored(_ path: ImagePath) -> Bool { leavesOut(path) && files[Self.name(path)] != nil }

    /// Whether the ignore file leaves a path out, be it there or not.
    func leavesOut(_ path: ImagePath) -> Bool { ignore?.matches(Self.name(path)) ?? false }

    private static func name(_ path: ImagePath) -> String { String(path.description.dropFirst()) }

    private static func ignoreFile(_ files: WorkFiles, _ dockerfile: String, _ limits: Limits) throws -> IgnoreFile? {
        for name in [dockerfile + ".dockerignore", ".dockerignore"] {
            guard let path = files.resolvedFile(name) else { continue }
            let bytes = try files.bytes(of: path, limit: min(limits.entryBytes, 1 << 20))
            return try IgnoreFile(parsing: bytes, named: name)
        }
        return nil
    }

    private static func node(_ entry: WorkFiles.Entry) -> FileNode? {
        let kind: FileNode.Kind
        switch entry.kind {
        case .directory: kind = .directory
        case .file: kind = .file(.modelled(sizeBytes: entry.sizeBytes))
        case .symlink: kind = .symlink(target: Array((entry.linkTarget ?? "").utf8))
        case .other: return nil
        }
        return FileNode(kind: kind, mode: entry.mode, modificationTime: entry.modificationTime)
    }
}
