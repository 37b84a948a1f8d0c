// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Small jobs on the host's files that must not be done half.
public enum HostFile {
    /// Writes a file whole or not at all: a temporary file beside it, made durable, then renamed.
    ///
    /// - Parameter durable: whether to wait until the disk has it, so that it outlives a power cut.
    /// - Throws: a `Failure`; what had the name before is then still there.
    public static func writeAtomically(_ bytes: [UInt8], to path: String, mode: UInt16 = 0o644, durable: Bool = true)
        throws
    {
        let file = try TemporaryFile(in: folder(of: path), mode: mode)
        try file.write(bytes)
        try file.commit(to: path, durable: durable)
    }

    /// Reads a regular file whole.
    ///
    /// - Throws: a `Failure`: `noInput`, `malformedInput` (no regular file), `overLimit`, `inputOutput`.
    public static func read(_ path: String, limit: Int, followsLinks: Bool = true) throws -> [UInt8] {
        let file = try OpenFile(reading: path, followsLinks: followsLinks)
        guard file.sizeBytes <= limit else {
            throw Failure(
                .overLimit,
                "the file is too large",
                at: .file(path),
                why: "\(file.sizeBytes) bytes, at most \(limit) are taken"
            )
        }
        // The size is only what it was: a file under /proc has none, one that grows has more.
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(max(file.sizeBytes, 4096) + 1, 1 << 20))
        while true {
            let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0, at: bytes.count) }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else {
                throw Failure(
                    .overLimit,
                    "the file is too large",
                    at: .file(path),
                    why: "at most \(limit) bytes are taken"
                )
            }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// Gives a file or folder another name on the same file system, where nothing of that name is in the way.
    ///
    /// - Throws: a `Failure` (`cannotCreate`).
    public static func move(_ path: String, to place: String) throws {
        if rename(path, place) != 0 {
            throw Failure.posix("cannot move this", at: path, creating: true, number: errno)
        }
    }

    /// Makes a folder and those above it that are missing.
    ///
    /// - Throws: a `Failure` (`cannotCreate`).
    public static func makeFolder(_ path: String, mode: UInt16 = 0o755) throws {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/" + part
            if mkdir(made, mode_t(mode)) == 0 {
                InheritedOwner.give(path: made)
            } else if errno != EEXIST {
                // A folder above may be one that we may not write in but that is there.
                let number = errno
                if kind(of: made) == .directory { continue }
                throw Failure.posix("cannot create the folder", at: made, creating: true, number: number)
            }
        }
        guard kind(of: path) == .directory else {
            throw Failure(
                .cannotCreate,
                "cannot create the folder",
                at: .file(path),
                why: "something else has its name"
            )
        }
    }

    /// Makes an empty file where there is none, for a library that opens files by name: so it has the owner of its folder.
    ///
    /// Only root makes it; for others the library's own file is right.
    public static func prepare(_ path: String, mode: UInt16 = 0o644) {
        guard FileOwner.isPrivileged else { return }
        let descriptor = open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_t(mode))
        guard descriptor >= 0 else { return }
        InheritedOwner.give(descriptor, fromFolder: folder(of: path))
        close(descriptor)
    }

    /// Gives a file that a library made to the owner of its folder, where this is root; nothing happens otherwise.
    public static func giveToOwnerOfFolder(_ path: String) { InheritedOwner.give(path: path) }

    /// What stands at a path, links followed; nil when nothing does or it cannot be looked at.
    public static func kind(of path: String) -> Kind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Kind(status.st_mode)
    }

    /// What stands at a path, no link followed at its end.
    public static func kindOfLink(_ path: String) -> Kind? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Kind(status.st_mode)
    }

    /// Refuses to make a folder where something of that name is already; a link counts, wherever it leads.
    ///
    /// - Throws: a `Failure` (`cannotCreate`).
    public static func requireAbsent(_ path: String) throws {
        guard kindOfLink(path) == nil else {
            throw Failure(
                .cannotCreate,
                "cannot create the folder",
                at: .file(path),
                why: "something of that name is there"
            )
        }
    }

    /// Takes a file, or a folder with all that it holds, away. No link is followed.
    ///
    /// - Returns: whether it is gone now.
    @discardableResult
    public static func remove(_ path: String) -> Bool {
        let parent = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard parent >= 0 else { return errno == ENOENT }
        defer { close(parent) }
        return removeEntry(name(of: path), in: parent, depth: 0)
    }

    /// The folder that holds a path, `.` when the path names none.
    public static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? "."
    }

    /// Makes a rename outlive a power cut; where that is impossible nothing happens.
    static func syncFolder(of path: String) {
        let descriptor = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func removeEntry(_ name: String, in parent: Int32, depth: Int) -> Bool {
        if unlinkat(parent, name, 0) == 0 || errno == ENOENT { return true }
        guard depth < 512 else { return false }
        let descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        _ = fchmod(descriptor, 0o700)
        for entry in names(inFolder: descriptor) { _ = removeEntry(entry, in: descriptor, depth: depth + 1) }
        close(descriptor)
        return unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT
    }

    /// The names in an open folder, unsorted, without `.` and `..`.
    static func names(inFolder descriptor: Int32) -> [String] {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return [] }
        guard let stream = fdopendir(copy) else {
            close(copy)
            return []
        }
        defer { closedir(stream) }
        var result: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
                String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { result.append(name) }
        }
        return result
    }
}

extension HostFile {
    /// What stands at a path of the host.
    public enum Kind: Sendable, Hashable {
        case file, directory, symlink, other

        init(_ mode: mode_t) {
            switch mode & S_IFMT {
            case S_IFREG: self = .file
            case S_IFDIR: self = .directory
            case S_IFLNK: self = .symlink
            default: self = .other
            }
        }
    }

    /// Something below a folder that was walked.
    public struct WalkedEntry: Sendable, Hashable {
        /// The path below the folder, components joined by `/`, without one in front.
        public let path: String
        /// What it is; links are not followed.
        public let kind: Kind
        /// The size in bytes; 0 for what is no file.
        public let sizeBytes: Int
        /// Permission bits with setuid, setgid and sticky.
        public let mode: UInt16
        /// Seconds since 1970.
        public let modificationTime: Int
        /// The target of a symbolic link as written; nil for anything else.
        public let linkTarget: String?
    }

    /// Lists all that is below a folder, folders before what they hold, sorted by the bytes of the names; no link is followed.
    ///
    /// - Parameter goesIn: whether to go into a folder, by its path below the walked one.
    /// - Throws: a `Failure`: `noInput` when the folder is not there, `overLimit` when there is more than `limits` allow.
    public static func walk(
        _ folder: String,
        limits: Limits,
        goesIn: (String) -> Bool = { _ in true }
    ) throws -> [WalkedEntry] {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure.posix("cannot open the folder", at: folder) }
        defer { close(descriptor) }
        var result: [WalkedEntry] = []
        try walk(descriptor, folder: folder, below: "", depth: 1, limits: limits, goesIn: goesIn, into: &result)
        return result
    }

    private static func walk(
        _ descriptor: Int32,
        folder: String,
        below path: String,
        depth: Int,
        limits: Limits,
        goesIn: (String) -> Bool,
        into result: inout [WalkedEntry]
    ) throws {
        guard depth <= limits.depth else {
            throw Failure(
                .overLimit,
                "the folder is nested too deep",
                at: .file(folder),
                why: "more than \(limits.depth) levels"
            )
        }
        for name in names(inFolder: descriptor).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            var status = stat()
            guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            let kind = Kind(status.st_mode)
            let entryPath = path.isEmpty ? name : path + "/" + name
            guard result.count < limits.entries else {
                throw Failure(.overLimit, "the folder holds more than \(limits.entries) entries", at: .file(folder))
            }
            guard entryPath.utf8.count <= limits.pathBytes else {
                throw Failure(.overLimit, "a path in the folder is too long", at: .file(folder))
            }
            result.append(
                WalkedEntry(
                    path: entryPath,
                    kind: kind,
                    sizeBytes: kind == .file ? Int(status.st_size) : 0,
                    mode: UInt16(truncatingIfNeeded: status.st_mode) & 0o7777,
                    modificationTime: modificationTime(status),
                    linkTarget: kind == .symlink ? linkTarget(name, in: descriptor) : nil
                )
            )
            guard kind == .directory, goesIn(entryPath) else { continue }
            let next = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard next >= 0 else { throw Failure.posix("cannot open the folder", at: folder + "/" + entryPath) }
            defer { close(next) }
            try walk(
                next,
                folder: folder,
                below: entryPath,
                depth: depth + 1,
                limits: limits,
                goesIn: goesIn,
                into: &result
            )
        }
    }

    private static func modificationTime(_ status: stat) -> Int {
        #if canImport(Darwin)
            Int(status.st_mtimespec.tv_sec)
        #else
            Int(status.st_mtim.tv_sec)
        #endif
    }

    static func linkTarget(_ name: String, in descriptor: Int32) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { raw in
            raw.withMemoryRebound(to: CChar.self) { chars in
                chars.baseAddress.map { readlinkat(descriptor, name, $0, chars.count) } ?? -1
            }
        }
        guard count >= 0, count < buffer.count else { return nil }
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }
}
