// SPDX-License-Identifier: Apache-2.0
//
// Source: Docker documentation, "Build context".

public import Diagnostics
public import DockerfileSyntax
import HostFiles
public import ImageFilesystem
public import OCISpec

/// A folder on the host as a build context. Files are read when COPY takes them, links are never followed out of it.
public struct FolderContext: BuildContext {
    /// What the folder holds after its `.dockerignore`.
    public let tree: FileTree
    private let root: String
    private let ignore: IgnoreFile?
    private let limits: Limits

    /// Walks a folder. `DOCKERFILE.dockerignore` beside the Dockerfile wins over `.dockerignore` in the folder.
    ///
    /// - Parameters:
    ///   - dockerfile: the Dockerfile's path on the host.
    ///   - folder: the context on the host.
    ///   - limits: entries and depth of the walk, bytes of one file.
    /// - Throws: a `Failure` when the folder is not there or cannot be read, holds more than the limits allow, or its
    ///   `.dockerignore` is malformed.
    public init(dockerfile: String, folder: String, limits: Limits) throws {
        let ignore = try Self.ignoreFile(dockerfile: dockerfile, folder: folder, limits: limits)
        var tree = FileTree()
        let entries = try HostFile.walk(folder, limits: limits) { path in
            guard path != ".seaworthy" else { return false }
            guard let ignore, ignore.matches(path) else { return true }
            return ignore.hasNegations
        }
        for entry in entries where entry.path != ".seaworthy" {
            guard !(ignore?.matches(entry.path) ?? false), let node = Self.node(entry) else { continue }
            tree.insert(node, at: ImagePath(entry.path))
        }
        self.tree = tree
        self.root = folder
        self.ignore = ignore
        self.limits = limits
    }

    /// Reads a file below the folder without following links out of it.
    public func load(_ path: ImagePath) throws -> [UInt8] {
        let real = tree.resolve(path)?.path ?? path
        return try HostFile.read(root + real.description, limit: limits.entryBytes, followsLinks: false)
    }

    /// Whether the `.dockerignore` leaves a path out although the folder has it.
    public func isIgnored(_ path: ImagePath) -> Bool {
        leavesOut(path) && HostFile.kindOfLink(root + path.description) != nil
    }

    /// Whether the `.dockerignore` leaves a path out, be it there or not.
    public func leavesOut(_ path: ImagePath) -> Bool { ignore?.matches(String(path.description.dropFirst())) ?? false }

    /// The ignore file that counts for a build: the Dockerfile's own, else that of the folder; nil when there is none.
    ///
    /// - Throws: a `Failure` (`malformedInput`) when a pattern is none.
    public static func ignoreFile(dockerfile: String, folder: String, limits: Limits) throws -> IgnoreFile? {
        for path in [dockerfile + ".dockerignore", folder + "/.dockerignore"] where HostFile.kind(of: path) == .file {
            do {
                return try IgnoreFile(parsing: try HostFile.read(path, limit: min(limits.entryBytes, 1 << 20)))
            } catch let error as IgnoreFile.ValidationError {
                throw Failure(
                    .malformedInput,
                    "the ignore file cannot be read",
                    at: .file(path, line: error.line),
                    why: error.description,
                    fix: "mend the pattern \(error.pattern)"
                )
            }
        }
        return nil
    }

    private static func node(_ entry: HostFile.WalkedEntry) -> FileNode? {
        let kind: FileNode.Kind
        switch entry.kind {
        case .directory: kind = .directory
        case .file: kind = .file(.modelled(sizeBytes: entry.sizeBytes))
        case .symlink: kind = .symlink(target: Array((entry.linkTarget ?? "").utf8))
        default: return nil
        }
        return FileNode(kind: kind, mode: entry.mode, modificationTime: entry.modificationTime)
    }
}
