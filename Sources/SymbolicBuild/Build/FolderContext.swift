// SPDX-License-Identifier: Apache-2.0
//
// Source: Docker documentation, "Build context"; moby/patternmatcher for what is left out.

public import Diagnostics
public import ImageFilesystem
public import OCISpec

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A folder on the host as a build context. Files are read when COPY takes them, links are never followed out of it.
public struct FolderContext: BuildContext {
    /// What the folder holds after its `.dockerignore`.
    public let tree: FileTree
    private let root: String
    private let ignored: @Sendable (String) -> Bool
    private let limits: Limits

    /// Walks a folder.
    ///
    /// - Parameters:
    ///   - path: the folder on the host.
    ///   - isIgnored: answers for a path relative to the folder, without a leading `/`, whether `.dockerignore` leaves it out.
    ///   - canDescend: whether an ignored folder may hold files that are not ignored (the file has negations).
    ///   - limits: entries and depth of the walk, bytes of one file.
    /// - Throws: a `Failure` when the folder is not there, cannot be read or holds more than the limits allow.
    public init(
        path: String,
        limits: Limits,
        canDescend: Bool = true,
        isIgnored: @escaping @Sendable (String) -> Bool = { _ in false }
    ) throws {
        var tree = FileTree()
        var count = 0
        try Self.walk(path, prefix: "", depth: 0, count: &count, limits: limits, canDescend: canDescend, isIgnored) {
            tree.insert($1, at: ImagePath($0))
        }
        self.tree = tree
        self.root = path
        self.ignored = isIgnored
        self.limits = limits
    }

    /// Reads a file below the folder without following links.
    public func load(_ path: ImagePath) throws -> [UInt8] {
        try Self.read(root + path.description, limit: limits.entryBytes)
    }

    /// Whether the `.dockerignore` leaves a path out although the folder has it.
    public func isIgnored(_ path: ImagePath) -> Bool {
        let relative = String(path.description.dropFirst())
        guard ignored(relative) else { return false }
        var status = stat()
        return lstat(root + path.description, &status) == 0
    }

    /// Reads a file of the host whole, the last component not followed when it is a link.
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw Failure(.inputOutput, "cannot read the file", at: path, why: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let got = buffer.withUnsafeMutableBytes { Self.readOnce(descriptor, $0.baseAddress, $0.count) }
            if got < 0 {
                if errno == EINTR { continue }
                throw Failure(.inputOutput, "cannot read the file", at: path, why: String(cString: strerror(errno)))
            }
            if got == 0 { return result }
            result.append(contentsOf: buffer[..<got])
            guard result.count <= limit else {
                throw Failure(.overLimit, "the file is larger than \(limit) bytes", at: path)
            }
        }
    }

    /// `read(2)` under a name that does not hide behind this type's own.
    private static func readOnce(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
        Darwin.read(descriptor, buffer, count)
        #else
        Glibc.read(descriptor, buffer, count)
        #endif
    }

    private static func walk(
        _ path: String,
        prefix: String,
        depth: Int,
        count: inout Int,
        limits: Limits,
        canDescend: Bool,
        _ isIgnored: (String) -> Bool,
        _ add: (String, FileNode) -> Void
    ) throws {
        guard depth <= limits.depth else {
            throw Failure(.overLimit, "folders are nested more than \(limits.depth) deep", at: path)
        }
        guard let folder = opendir(path) else {
            let code: Failure.Code = errno == ENOENT ? .noInput : .inputOutput
            throw Failure(code, "cannot open the folder", at: path, why: String(cString: strerror(errno)))
        }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        closedir(folder)
        for name in names.sorted() {
            let relative = prefix.isEmpty ? name : prefix + "/" + name
            let full = path + "/" + name
            var status = stat()
            guard lstat(full, &status) == 0 else { continue }
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            let isLeftOut = isIgnored(relative)
            if isLeftOut, !isFolder || !canDescend { continue }
            count += 1
            guard count <= limits.entries else {
                throw Failure(.overLimit, "the build context holds more than \(limits.entries) entries", at: path)
            }
            if !isLeftOut, let node = node(status, full) { add(relative, node) }
            if isFolder {
                try walk(
                    full, prefix: relative, depth: depth + 1, count: &count, limits: limits, canDescend: canDescend,
                    isIgnored, add)
            }
        }
    }

    private static func node(_ status: stat, _ path: String) -> FileNode? {
        let kind: FileNode.Kind
        switch status.st_mode & S_IFMT {
        case S_IFDIR: kind = .directory
        case S_IFREG: kind = .file(.modelled(sizeBytes: Int(status.st_size)))
        case S_IFLNK:
            var buffer = [UInt8](repeating: 0, count: 4096)
            let length = buffer.withUnsafeMutableBytes { bytes in
                guard let start = bytes.baseAddress else { return -1 }
                return readlink(path, start.assumingMemoryBound(to: CChar.self), bytes.count)
            }
            guard length >= 0 else { return nil }
            kind = .symlink(target: Array(buffer[..<length]))
        default: return nil
        }
        #if canImport(Darwin)
        let seconds = status.st_mtimespec.tv_sec
        #else
        let seconds = status.st_mtim.tv_sec
        #endif
        return FileNode(kind: kind, mode: UInt16(status.st_mode & 0o7777), modificationTime: seconds)
    }
}
