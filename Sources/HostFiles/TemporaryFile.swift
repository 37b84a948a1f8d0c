// SPDX-License-Identifier: Apache-2.0

import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes to a file that has no name yet, or never will: gone when the process ends, whatever ends it.
///
/// The bytes collect in a buffer of 256 KiB. `TemporaryFile` removes its name unless `commit` gave it another one.
public final class TemporaryFile {
    private let descriptor: Int32
    private var temporaryPath: String?
    private let place: String
    private var buffer: [UInt8] = []
    /// How many bytes were taken so far.
    public private(set) var byteCount = 0

    /// Makes a file in a folder, under a name that nothing else has.
    ///
    /// - Throws: a `Failure` (`cannotCreate`).
    public init(in folder: String, prefix: String = ".seaworthy-", mode: UInt16 = 0o644) throws {
        var template = Array((folder + "/" + prefix + "XXXXXX").utf8CString)
        let descriptor = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkstemp($0) } ?? -1 }
        guard descriptor >= 0 else {
            throw Failure.posix("cannot create a file in the folder", at: folder, creating: true)
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        InheritedOwner.give(descriptor, fromFolder: folder)
        _ = fchmod(descriptor, mode_t(mode & 0o777))
        self.descriptor = descriptor
        self.place = folder
        temporaryPath = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Makes a file that never has a name, in the folder for temporary files.
    public static func anonymous() throws -> TemporaryFile {
        let wanted = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        return try anonymous(in: HostFile.kind(of: wanted) == .directory ? wanted : "/tmp")
    }

    /// Makes a file that never has a name, on the disk of a folder.
    public static func anonymous(in folder: String) throws -> TemporaryFile {
        let file = try TemporaryFile(in: folder, mode: 0o600)
        if let path = file.temporaryPath { unlink(path) }
        file.temporaryPath = nil
        return file
    }

    deinit {
        close(descriptor)
        if let temporaryPath { unlink(temporaryPath) }
    }

    /// Takes the bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        byteCount += bytes.count
        if buffer.count + bytes.count > 1 << 18 { try flush() }
        if bytes.count >= 1 << 18 { try put(bytes) } else { buffer.append(contentsOf: bytes) }
    }

    /// Takes the bytes.
    func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

    /// Hands the buffered bytes to the system.
    public func flush() throws {
        try buffer.withUnsafeBytes { try put($0) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Makes the bytes durable and gives the file its name, in place of what had that name before: all or nothing.
    ///
    /// - Throws: a `Failure`; the file is then gone and what had the name before is still there.
    public func commit(to path: String, durable: Bool = true) throws {
        guard let temporaryPath else { throw Failure(.internalFault, "a file cannot be named twice", at: .file(path)) }
        try flush()
        if durable, fsync(descriptor) != 0 { throw Failure.posix("cannot write the file", at: path) }
        guard rename(temporaryPath, path) == 0 else {
            throw Failure.posix("cannot create the file", at: path, creating: true)
        }
        self.temporaryPath = nil
        if durable { HostFile.syncFolder(of: path) }
    }

    /// What was written, for reading.
    ///
    /// - Parameter name: what messages call it; the folder that it was made in when none is given.
    public func openForReading(as name: String? = nil) throws -> OpenFile {
        try flush()
        let copy = dup(descriptor)
        guard copy >= 0 else { throw Failure.posix("cannot read the temporary file", at: place) }
        return try OpenFile(adopting: copy, place: name ?? place)
    }

    private func put(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            #if canImport(Darwin)
                let count = Darwin.write(descriptor, base, rest.count)
            #elseif canImport(Musl)
                let count = Musl.write(descriptor, base, rest.count)
            #else
                let count = Glibc.write(descriptor, base, rest.count)
            #endif
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if errno != EINTR {
                throw Failure.posix("cannot write the file", at: place)
            }
        }
    }
}
