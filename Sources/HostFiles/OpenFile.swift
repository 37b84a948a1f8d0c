// SPDX-License-Identifier: Apache-2.0

import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A regular file on the host that is open for reading; closed when nobody refers to it any more.
///
/// Reads name their offset, so several readers may share one file.
public final class OpenFile: Sendable {
    let descriptor: Int32
    /// The path as the user named it, for messages.
    public let place: String
    /// The size in bytes when the file was opened.
    public let sizeBytes: Int

    /// Opens a file for reading.
    ///
    /// - Parameter followsLinks: whether the last component may be a symbolic link.
    /// - Throws: a `Failure`: `noInput` when it is not there, `malformedInput` when it is no regular file, else `inputOutput`.
    public convenience init(reading path: String, followsLinks: Bool = true) throws {
        // Non-blocking, so that a named pipe in a submission does not hold us up; regular files do not care.
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW)
        let descriptor = open(path, flags)
        guard descriptor >= 0 else { throw Failure.posix("cannot open the file", at: path) }
        try self.init(adopting: descriptor, place: path)
    }

    /// Takes over a descriptor that is open for reading, and closes it also when this throws.
    package init(adopting descriptor: Int32, place: String) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let failure = Failure.posix("cannot look at the file", at: place)
            close(descriptor)
            throw failure
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Failure(
                .malformedInput,
                "not a regular file",
                at: .file(place),
                why: status.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is a pipe, a socket or a device"
            )
        }
        self.descriptor = descriptor
        self.place = place
        self.sizeBytes = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Reads up to the buffer's size at an offset; 0 at the end of the file.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        guard let base = buffer.baseAddress, !buffer.isEmpty else { return 0 }
        while true {
            let count = pread(descriptor, base, buffer.count, off_t(offset))
            if count >= 0 { return count }
            guard errno == EINTR else { throw Failure.posix("cannot read the file", at: place) }
        }
    }
}
