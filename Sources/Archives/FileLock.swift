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
    public init(_ path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw Failure.posix("cannot open the lock", at: path, creating: true) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw Failure.posix("cannot take the lock", at: path) }
        }
    }

    deinit { close(descriptor) }

    /// Lets go; whoever forgets it lets go when nobody refers to the lock any more.
    public func release() { flock(descriptor, LOCK_UN) }
}
