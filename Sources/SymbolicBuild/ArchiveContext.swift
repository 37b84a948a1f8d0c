// SPDX-License-Identifier: Apache-2.0
//
// Source: Docker documentation, "Build context", "Local tarballs"; BuildKit util/archive (what counts as an archive).

import Archives
public import Diagnostics
import DockerfileSyntax
public import ImageFilesystem
public import OCISpec

/// A build context that comes as a tar, compressed or not, as `docker build -` takes it on standard input.
public struct ArchiveContext: BuildContext {
    /// The files after the ignore file.
    public let tree: FileTree
    private let whole: FileTree
    private let ignore: IgnoreFile?

    /// Unpacks an archive into memory.
    ///
    /// - Parameter dockerfile: the name of the Dockerfile in it, whose own ignore file wins.
    /// - Throws: a `Failure`: `malformedInput`, `hostileInput` for a path that climbs out, `overLimit`.
    public init(_ bytes: [UInt8], dockerfile: String, limits: Limits) throws {
        let reader = try ArchiveReader(.bytes(bytes), limits: limits)
        var whole = FileTree()
        while let entry = try reader.next() {
            if PathHazard(entry.path) == .climbs {
                throw Failure(
                    .hostileInput,
                    "the archive holds a path that climbs out of it",
                    at: .entry(entry.displayPath)
                )
            }
            let path = ImagePath(entry.path.drop { $0 == 0x2F }, relativeTo: .root)
            guard !path.isRoot else { continue }
            let kind: FileNode.Kind
            switch entry.kind {
            case .directory: kind = .directory
            case .file: kind = .file(.bytes(try reader.readAll()))
            case .symlink(let target): kind = .symlink(target: target)
            case .hardLink(let target):
                guard let file = whole.resolvedNode(at: ImagePath(target.drop { $0 == 0x2F }, relativeTo: .root)) else {
                    continue
                }
                kind = file.kind
            default: continue
            }
            whole.insert(FileNode(kind: kind, mode: entry.mode, modificationTime: entry.modificationTime), at: path)
        }
        self.whole = whole
        ignore = try Self.ignoreFile(whole, dockerfile)
        var tree = FileTree()
        let ignore = self.ignore
        whole.walk { path, node in
            guard !path.isRoot else { return true }
            if ignore?.matches(String(path.description.dropFirst())) == true { return ignore?.hasNegations == true }
            tree.insert(node, at: path)
            return true
        }
        self.tree = tree
    }

    /// Whether bytes are an archive rather than a Dockerfile.
    public static func isArchive(_ bytes: [UInt8]) -> Bool {
        let marks: [[UInt8]] = [
            [0x1F, 0x8B], [0x42, 0x5A, 0x68], [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x28, 0xB5, 0x2F, 0xFD],
        ]
        return marks.contains { bytes.starts(with: $0) } || isTar(bytes)
    }

    /// Whether the first header of a tar, of any age, stands there: its checksum is that of its bytes.
    private static func isTar(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 512 else { return false }
        let field = bytes[148..<156].drop { $0 == 0x20 || $0 == 0 }.prefix { $0 >= 0x30 && $0 <= 0x37 }
        guard !field.isEmpty else { return false }
        let stated = field.reduce(0) { $0 << 3 | Int($1 - 0x30) }
        let blanked = bytes[..<148].reduce(0) { $0 + Int($1) } + 8 * 0x20 + bytes[156..<512].reduce(0) { $0 + Int($1) }
        return stated == blanked
    }

    private static func ignoreFile(_ tree: FileTree, _ dockerfile: String) throws -> IgnoreFile? {
        for name in [dockerfile + ".dockerignore", ".dockerignore"] {
            guard let bytes = tree.bytes(at: ImagePath(name)) else { continue }
            return try IgnoreFile(parsing: bytes, named: name)
        }
        return nil
    }

    /// The Dockerfile of a name; nil when the archive has none. The ignore file does not hide it.
    public func dockerfile(_ name: String) -> [UInt8]? { whole.bytes(at: ImagePath(name)) }

    /// The bytes of a file.
    public func load(_ path: ImagePath) throws -> [UInt8] { try tree.contextFile(path) }

    /// Whether the ignore file leaves a path out although the archive has it.
    public func isIgnored(_ path: ImagePath) -> Bool {
        whole.node(at: path) != nil && ignore?.matches(String(path.description.dropFirst())) == true
    }
}
