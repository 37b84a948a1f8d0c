// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles

/// Keeps a second process out of a folder of grades.
enum FolderLock {
    /// Runs `body` while no other process holds the lock file's lock, and does not wait for it.
    static func holding<Result>(_ path: String, folder: String, _ body: () throws -> Result) throws -> Result {
        let lock: FileLock?
        do {
            lock = try FileLock.trying(path, mode: 0o600)
        } catch let failure as Failure {
            throw Failure(
                .cannotCreate,
                "cannot write in the folder for the grades",
                at: .file(folder),
                why: failure.why,
                fix: "Name another folder with --out.",
                cause: failure
            )
        }
        guard let lock else {
            throw Failure(
                .inputOutput,
                "another process is grading into this folder",
                at: .file(folder),
                fix: "Wait for it, or name another folder with --out."
            )
        }
        defer { lock.release() }
        return try body()
    }
}
