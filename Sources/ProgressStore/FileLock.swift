// SPDX-License-Identifier: Apache-2.0

import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A lock between processes, given back by the system even after a kill.
enum FileLock {
    /// Runs `body` while no other process holds the lock file's lock.
    static func holding<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode_t(0o600))
        guard file >= 0 else {
            let why = String(cString: strerror(errno))
            throw Failure(
                .inputOutput,
                "cannot write in the folder of your progress",
                at: .file(path),
                why: why,
                fix: "Set SEAWORTHY_HOME to a folder that you can write to."
            )
        }
        defer { close(file) }
        while flock(file, LOCK_EX) != 0 {
            guard errno == EINTR else {
                throw Failure(
                    .inputOutput,
                    "cannot take the lock",
                    at: .file(path),
                    why: String(cString: strerror(errno))
                )
            }
        }
        return try body()
    }
}
