// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder of the host, held open: names are looked up in it and never through a link.
///
/// So nothing outside can be reached, even when a link is put in the way meanwhile.
package struct OpenFolder: ~Copyable, Sendable {
    private let descriptor: Int32
    /// The path for messages; never used to find anything.
    package let place: String

    init(descriptor: Int32, place: String) {
        self.descriptor = descriptor
        self.place = place
    }

    deinit { close(descriptor) }

    /// Opens a folder by a host path; links on the way are followed, for the user named it.
    package init(path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure.posix("cannot open the folder", at: path) }
        self.init(descriptor: descriptor, place: path)
    }

    /// Opens a folder by a host path and makes it, with those above it, where it is not there yet.
    package init(making path: String, mode: Int) throws {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: true) {
            made += made.isEmpty && !path.hasPrefix("/") ? String(part) : "/" + part
            if mkdir(made, mode_t(mode)) == 0 {
                InheritedOwner.give(path: made)
            } else if errno != EEXIST {
                // A folder above that may not be written, such as the root, is fine as long as it is there.
                let number = errno
                var buffer = stat()
                guard stat(made, &buffer) == 0 else {
                    throw Failure.posix("cannot make the folder", at: made, creating: true, number: number)
                }
            }
        }
        try self.init(path: path)
    }

    /// The same folder, open a second time.
    package func reopened() throws -> OpenFolder {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw Failure.posix("cannot open the folder", at: place) }
        return OpenFolder(descriptor: copy, place: place)
    }

    /// What the host says of this folder itself.
    package func ownStatus() throws -> FileStatus {
        var buffer = stat()
        guard fstat(descriptor, &buffer) == 0 else { throw Failure.posix("cannot look at the folder", at: place) }
        return FileStatus(buffer)
    }

    /// The path of a name in this folder, for messages.
    package func place(of name: [UInt8]) -> String {
        (place.hasSuffix("/") ? place : place + "/") + EscapedBytes.text(of: name)
    }

    /// Opens a folder in this one.
    package func folder(_ name: [UInt8]) throws -> OpenFolder {
        let found = withName(name) { openat(descriptor, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        guard found >= 0 else { throw Failure.posix("cannot open the folder", at: place(of: name)) }
        return OpenFolder(descriptor: found, place: place(of: name))
    }

    /// The names in this folder, sorted by bytes, without `.` and `..`; at most `limit` and one more.
    package func names(limit: Int) throws -> [[UInt8]] {
        // A second descriptor, because closing the stream closes the one that it was given.
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw Failure.posix("cannot read the folder", at: place) }
        guard let stream = fdopendir(copy) else {
            let number = errno
            close(copy)
            throw Failure.posix("cannot read the folder", at: place, number: number)
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while names.count <= limit {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw Failure.posix("cannot read the folder", at: place) }
                break
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: UInt8.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
                    Array(UnsafeBufferPointer(start: $0, count: strnlen(UnsafePointer<CChar>(OpaquePointer($0)), 256)))
                }
            }
            if name == Array(".".utf8) || name == Array("..".utf8) { continue }
            names.append(name)
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// What stands at a name; nil when nothing does. Links are not followed.
    package func status(_ name: [UInt8]) throws -> FileStatus? {
        var buffer = stat()
        let result = withName(name) { fstatat(descriptor, $0, &buffer, AT_SYMLINK_NOFOLLOW) }
        if result == 0 { return FileStatus(buffer) }
        if errno == ENOENT { return nil }
        throw Failure.posix("cannot look at the file", at: place(of: name))
    }

    /// Where a link points to.
    package func linkTarget(_ name: [UInt8]) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 4_097)
        let capacity = buffer.count
        let count = withName(name) { pointer in
            buffer.withUnsafeMutableBytes { bytes in
                bytes.baseAddress.map {
                    readlinkat(descriptor, pointer, $0.assumingMemoryBound(to: CChar.self), capacity)
                }
                    ?? -1
            }
        }
        guard count >= 0 else { throw Failure.posix("cannot read the link", at: place(of: name)) }
        return Array(buffer.prefix(count))
    }

    /// Opens a file in this folder, no link followed.
    ///
    /// - Parameter shown: the path for messages.
    func openFile(_ name: [UInt8], shown: String) throws -> OpenFile {
        let file = withName(name) { openat(descriptor, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        guard file >= 0 else { throw Failure.posix("cannot open the file", at: shown) }
        return try OpenFile(adopting: file, place: shown)
    }

    /// Reads a file piece by piece, a MiB at a time, and hands each to `take`.
    package func read(_ name: [UInt8], _ take: (ArraySlice<UInt8>) throws -> Void) throws {
        // Not blocking, lest a pipe that took the file's place meanwhile holds us for ever.
        let file = withName(name) { openat(descriptor, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        guard file >= 0 else { throw Failure.posix("cannot read the file", at: place(of: name)) }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = buffer.withUnsafeMutableBytes { bytes in
                #if canImport(Glibc)
                    Glibc.read(file, bytes.baseAddress, bytes.count)
                #elseif canImport(Musl)
                    Musl.read(file, bytes.baseAddress, bytes.count)
                #else
                    Darwin.read(file, bytes.baseAddress, bytes.count)
                #endif
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Failure.posix("cannot read the file", at: place(of: name)) }
            if count == 0 { return }
            try take(buffer[..<count])
        }
    }

    /// Reads a small file whole.
    ///
    /// - Throws: a failure `overLimit` when it is larger than `limit` bytes.
    package func contents(_ name: [UInt8], limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try read(name) { piece in
            guard piece.count <= limit - bytes.count else {
                throw Failure(.overLimit, "the file is larger than \(limit) bytes", at: .file(place(of: name)))
            }
            bytes += piece
        }
        return bytes
    }

    /// Writes a file so that a reader sees the old one or the whole new one: a temporary file, then a rename.
    ///
    /// The bytes are on the disk before the name is. `fill` hands pieces to the function that it gets.
    ///
    /// - Parameter owner: whose it becomes where this process may give it; nil for the owner of the folder, where this is root.
    package func replaceFile(
        _ name: [UInt8],
        mode: Int,
        owner: FileOwner? = nil,
        _ fill: ((ArraySlice<UInt8>) throws -> Void) throws -> Void
    ) throws {
        let temporary = Self.temporaryName
        try removeFileIfThere(temporary)
        let file = withName(temporary) {
            openat(descriptor, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(0o600))
        }
        guard file >= 0 else { throw Failure.posix("cannot write the file", at: place(of: name)) }
        var isOpen = true
        do {
            try fill { piece in try writeAll(piece, to: file, name: name) }
            // Before the mode: giving a file away takes its setuid bit.
            if let owner { InheritedOwner.give(file, to: owner) } else { InheritedOwner.give(file, from: descriptor) }
            guard fchmod(file, mode_t(mode & 0o7777)) == 0, fsync(file) == 0 else {
                throw Failure.posix("cannot write the file", at: place(of: name))
            }
            isOpen = false
            guard close(file) == 0 else { throw Failure.posix("cannot write the file", at: place(of: name)) }
            try rename(temporary, to: name)
        } catch {
            if isOpen { close(file) }
            try? removeFileIfThere(temporary)
            throw error
        }
    }

    /// Writes a small file so that a reader sees the old one or the whole new one.
    package func replaceFile(_ name: [UInt8], mode: Int = 0o644, with bytes: [UInt8]) throws {
        try replaceFile(name, mode: mode) { write in try write(bytes[...]) }
    }

    /// Makes a link, in place of a file or link of that name.
    ///
    /// - Parameter owner: as for a file.
    package func replaceLink(_ name: [UInt8], target: [UInt8], owner: FileOwner? = nil) throws {
        let temporary = Self.temporaryName
        try removeFileIfThere(temporary)
        let result = withName(target) { target in withName(temporary) { symlinkat(target, descriptor, $0) } }
        guard result == 0 else { throw Failure.posix("cannot make the link", at: place(of: name)) }
        try setOwner(temporary, owner)
        try rename(temporary, to: name)
    }

    /// Makes a folder; one that is there already is fine.
    package func makeFolder(_ name: [UInt8], mode: Int = 0o755) throws {
        if withName(name, { mkdirat(descriptor, $0, mode_t(mode & 0o7777)) }) == 0 {
            return try setOwner(name, nil)
        }
        let number = errno
        if number == EEXIST, try status(name)?.kind == .folder { return }
        throw Failure.posix("cannot make the folder", at: place(of: name), number: number)
    }

    /// Sets the permission bits of a folder in this one.
    package func setFolderMode(_ name: [UInt8], _ mode: Int) throws {
        let child = withName(name) { openat(descriptor, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        // A folder that its owner may not open is reached by name.
        guard child >= 0 else { return try setMode(name, mode) }
        defer { close(child) }
        guard fchmod(child, mode_t(mode & 0o7777)) == 0 else {
            throw Failure.posix("cannot set the permissions", at: place(of: name))
        }
    }

    /// Sets the permission bits of a file or folder in this one, which is no link.
    package func setMode(_ name: [UInt8], _ mode: Int) throws {
        guard try status(name)?.kind != .link else {
            throw Failure.posix("cannot set the permissions", at: place(of: name), number: ELOOP)
        }
        guard withName(name, { fchmodat(descriptor, $0, mode_t(mode & 0o7777), 0) }) == 0 else {
            throw Failure.posix("cannot set the permissions", at: place(of: name))
        }
    }

    /// Gives what stands at a name to an owner, as far as this process may; nil for the owner of the folder, where this is root.
    package func setOwner(_ name: [UInt8], _ owner: FileOwner?) throws {
        guard let status = try status(name) else { return }
        let wanted: FileOwner
        if let owner {
            wanted = owner
        } else if FileOwner.isPrivileged {
            wanted = try ownStatus().owner
        } else {
            return
        }
        guard status.owner != wanted, wanted.canBeGiven else { return }
        _ = withName(name) {
            fchownat(descriptor, $0, uid_t(wanted.user), gid_t(wanted.group), AT_SYMLINK_NOFOLLOW)
        }
    }

    /// Sets when something was changed last; where the filesystem refuses, it stays as it is.
    package func setTime(_ name: [UInt8], _ time: FileTime) {
        var times = [timespec(), timespec()]
        times[0].tv_nsec = Self.omittedTime
        times[1] = timespec(tv_sec: time.seconds, tv_nsec: time.nanoseconds)
        _ = withName(name) { utimensat(descriptor, $0, times, AT_SYMLINK_NOFOLLOW) }
    }

    /// Gives what stands at a name another one, in place of nothing but a file of that name.
    package func move(_ name: [UInt8], to other: [UInt8]) throws { try rename(name, to: other) }

    /// Removes a file or link; nothing there is fine.
    package func removeFileIfThere(_ name: [UInt8]) throws {
        if withName(name, { unlinkat(descriptor, $0, 0) }) == 0 || errno == ENOENT { return }
        throw Failure.posix("cannot remove the file", at: place(of: name))
    }

    /// Removes an empty folder.
    ///
    /// - Returns: false when it is not empty and so stays.
    package func removeFolderIfEmpty(_ name: [UInt8]) throws -> Bool {
        if withName(name, { unlinkat(descriptor, $0, AT_REMOVEDIR) }) == 0 || errno == ENOENT { return true }
        if errno == ENOTEMPTY || errno == EEXIST { return false }
        throw Failure.posix("cannot remove the folder", at: place(of: name))
    }

    /// Makes the names of this folder last through a power failure.
    package func synchronize() throws {
        // Some filesystems refuse this on folders, and then there is nothing more that can be done.
        if fsync(descriptor) != 0 && errno != EINVAL && errno != ENOTSUP {
            throw Failure.posix("cannot write the folder", at: place)
        }
    }

    /// Waits until no other process works on this folder's lock file, and keeps the lock while `body` runs.
    package func locked<Result>(_ body: () throws -> Result) throws -> Result {
        let file = withName(Array("lock".utf8)) {
            openat(descriptor, $0, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode_t(0o600))
        }
        guard file >= 0 else { throw Failure.posix("cannot make the lock", at: place + "/lock") }
        InheritedOwner.give(file, from: descriptor)
        let lock = try FileLock(waitingAt: file, place: place + "/lock")
        defer { lock.release() }
        return try body()
    }

    /// UTIME_OMIT: the time of the last access stays as it is. The header's macro is none that Swift reads.
    #if canImport(Darwin)
        private static let omittedTime = -2
    #else
        private static let omittedTime = (1 << 30) - 2
    #endif

    /// A name that no other process or task uses; a leftover of a killed process is swept away by the next change.
    private static var temporaryName: [UInt8] {
        let number = temporaryCount.wrappingAdd(1, ordering: .relaxed).newValue
        return Array("\(temporaryPrefix)\(getpid())-\(number)".utf8)
    }

    private static let temporaryCount = Atomic<Int>(0)

    /// How the names of our temporary files begin.
    package static let temporaryPrefix = ".seaworthy-temporary-"

    private func rename(_ old: [UInt8], to new: [UInt8]) throws {
        let result = withName(old) { old in withName(new) { renameat(descriptor, old, descriptor, $0) } }
        guard result == 0 else { throw Failure.posix("cannot write the file", at: place(of: new)) }
    }

    private func writeAll(_ bytes: ArraySlice<UInt8>, to file: Int32, name: [UInt8]) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Failure.posix("cannot write the file", at: place(of: name)) }
            rest = rest.dropFirst(count)
        }
    }

    private func withName<Result>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        var terminated = name.map { CChar(bitPattern: $0) }
        terminated.append(0)
        return body(terminated)
    }
}
