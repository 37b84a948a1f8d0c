// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles

/// The lock that processes wait at before they open or repair the record.
enum ProgressLock {
    /// Runs `body` while no other process holds the lock file's lock.
    static func holding<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        let lock: FileLock
        do {
            lock = try FileLock(path, mode: 0o600)
        } catch let failure as Failure {
            throw Failure(
                .inputOutput,
                "cannot write in the folder of your progress",
                at: .file(path),
                why: failure.why,
                fix: "Set SEAWORTHY_HOME to a folder that you can write to.",
                cause: failure
            )
        }
        defer { lock.release() }
        return try body()
    }
}
