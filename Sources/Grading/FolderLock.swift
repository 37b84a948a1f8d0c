// SPDX-License-Identifier: Apache-2.0

import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keeps a second process out of a folder; the system gives the lock back even after a kill.
enum FolderLock {
    /// Runs `body` while no other process holds the lock file's lock, and does not wait for it.
    static func holding<Result>(_ path: String, folder: String, _ body: () throws -> Result) throws -> Result {
        let file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode_t(0o600))
        guard file >= 0 else {
            throw Failure(
                .cannotCreate,
                "cannot write in the folder for the grades",
                at: .file(folder),
                why: String(cString: strerror(errno)),
                fix: "Name another folder with --out."
            )
        }
        defer { close(file) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            throw Failure(
                .inputOutput,
                "another process is grading into this folder",
                at: .file(folder),
                fix: "Wait for it, or name another folder with --out."
            )
        }
        return try body()
    }
}
