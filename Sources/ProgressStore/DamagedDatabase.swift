// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation

/// A progress database that could not be read and was moved aside, so that the lesson can go on.
public struct DamagedDatabase: Sendable, Hashable {
    /// Where the file stood.
    public let path: String
    /// Where it and the files that belong to it (`-wal`, `-shm`, `-journal`) are now, sorted.
    public let movedTo: [String]
    /// What was wrong with it, as SQLite says it.
    public let why: String

    /// Moves a file and what belongs to it aside; the new names end in the time, in UTC.
    static func moveAside(_ path: String, why: String, now: Date) throws -> DamagedDatabase {
        let manager = FileManager.default
        let stamp = ".corrupt-" + Timestamp.stamp(of: now)
        var number = 1
        var ending = stamp
        while ["", "-wal", "-shm", "-journal"].contains(where: { manager.fileExists(atPath: path + ending + $0) }) {
            number += 1
            ending = stamp + "-\(number)"
        }
        var moved: [String] = []
        // The side files go first: a kill in between must not leave an old journal beside a new database.
        for side in ["-wal", "-shm", "-journal", ""] where manager.fileExists(atPath: path + side) {
            do {
                try manager.moveItem(atPath: path + side, toPath: path + ending + side)
            } catch {
                throw Failure(
                    .inputOutput,
                    "the damaged progress database cannot be moved aside",
                    at: .file(path + side),
                    fix: "Move the file away yourself and run the command again.",
                    cause: error
                )
            }
            moved.append(path + ending + side)
        }
        return DamagedDatabase(path: path, movedTo: moved.sorted(), why: why)
    }
}
