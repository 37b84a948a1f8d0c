// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the host says about a file, no link followed.
package struct FileStatus: Sendable, Equatable {
    /// What stands there.
    package enum Kind: Sendable, Hashable {
        case file, folder, link
        /// A socket, pipe or device.
        case special
    }

    package let kind: Kind
    package let mode: Int
    package let sizeBytes: Int
    package let owner: FileOwner
    package let time: FileTime
    /// Tells whether a file was written or replaced between two looks.
    package let signature: [Int]

    init(_ buffer: stat) {
        switch buffer.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .link
        default: kind = .special
        }
        mode = Int(buffer.st_mode & 0o7777)
        sizeBytes = Int(buffer.st_size)
        owner = FileOwner(buffer)
        #if canImport(Darwin)
            let modified = buffer.st_mtimespec
        #else
            let modified = buffer.st_mtim
        #endif
        time = FileTime(seconds: Int(modified.tv_sec), nanoseconds: Int(modified.tv_nsec))
        signature = [
            Int(truncatingIfNeeded: buffer.st_ino), Int(buffer.st_size), Int(modified.tv_sec), Int(modified.tv_nsec),
        ]
    }
}
