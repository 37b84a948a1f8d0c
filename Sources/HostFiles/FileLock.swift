// SPDX-License-Identifier: Apache-2.0

import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A lock that processes and threads wait at, on a file that holds nothing. The system lets go of it when a process dies.
public final class FileLock: Sendable {
    private let descriptor: Int32

    /// Waits until the lock is free and takes it; the file is made where it is not there.
    ///
    /// - Throws: a `Failure` (`cannotCreate`, `inputOutput`).
    public convenience init(_ path: String, mode: UInt16 = 0o644) throws {
        try self.init(waitingAt: Self.file(path, mode), place: path)
    }

    /// Waits until the lock of an open file is free and takes it; the descriptor is taken over, also when this throws.
    init(waitingAt descriptor: Int32, place: String) throws {
        self.descriptor = descriptor
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw Failure.posix("cannot take the lock", at: place) }
        }
    }

    private init(held descriptor: Int32) { self.descriptor = descriptor }

    /// Takes the lock if it is free; the file is made where it is not there.
    ///
    /// - Returns: nil when somebody else has it.
    /// - Throws: a `Failure` (`cannotCreate`, `inputOutput`).
    package static func trying(_ path: String, mode: UInt16 = 0o644) throws -> FileLock? {
        let lock = FileLock(held: try file(path, mode))
        return flock(lock.descriptor, LOCK_EX | LOCK_NB) == 0 ? lock : nil
    }

    private static func file(_ path: String, _ mode: UInt16) throws -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_t(mode))
        guard descriptor >= 0 else { throw Failure.posix("cannot open the lock", at: path, creating: true) }
        InheritedOwner.give(descriptor, fromFolder: HostFile.folder(of: path))
        return descriptor
    }

    deinit { close(descriptor) }

    /// Lets go; whoever forgets it lets go when nobody refers to the lock any more.
    public func release() { flock(descriptor, LOCK_UN) }
}
