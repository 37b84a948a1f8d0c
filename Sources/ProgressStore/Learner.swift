// SPDX-License-Identifier: Apache-2.0

import GRDB

/// A person whose work is recorded; on one's own machine there is one, named `local`.
public struct Learner: Sendable, Hashable, Codable, Identifiable {
    /// The number in the database.
    public let id: Int64
    /// The name, unique in the database.
    public let name: String

    static func fetch(_ db: Database, id: Int64) throws -> Learner {
        guard let row = try Row.fetchOne(db, sql: "SELECT id, name FROM learner WHERE id = ?", arguments: [id]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "learner \(id) is missing")
        }
        return Learner(id: row["id"], name: row["name"])
    }
}
