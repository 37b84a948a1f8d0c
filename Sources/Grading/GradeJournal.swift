// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GRDB
import HostFiles
import JSONValues
import Submissions

/// What a batch has done so far: which submissions there are, and the grade of each that is finished.
///
/// One transaction a grade, on the disk before the next submission is begun; so a kill loses the one in work and no other.
struct GradeJournal {
    private let queue: DatabaseQueue
    private let path: String

    /// A submission as the journal knows it.
    struct Expected: Equatable {
        let id: String
        /// The digest of what was handed in; nil for what cannot be read.
        let inputDigest: String?
    }

    /// Opens the journal of an output folder, or begins one.
    ///
    /// - Throws: `malformedInput` when the file is no journal or a newer version wrote it.
    init(path: String) throws {
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.label = "grades"
        HostFile.prepare(path)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            let migrator = Self.migrator
            guard try !queue.read({ try migrator.hasBeenSuperseded($0) }) else {
                throw Failure(
                    .malformedInput,
                    "these grades were made by a newer version of this program",
                    at: .file(path),
                    fix: "Use that version, or another folder with --out."
                )
            }
            try migrator.migrate(queue)
        } catch let error as DatabaseError {
            throw Self.failure(error, at: path)
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("2026-11 submissions and grades") { db in
            try db.execute(
                sql: """
                    CREATE TABLE basis (
                        id INTEGER PRIMARY KEY CHECK (id = 1),
                        value TEXT NOT NULL CHECK (json_valid(value))
                    ) STRICT;
                    CREATE TABLE submission (
                        id TEXT PRIMARY KEY NOT NULL,
                        inputDigest TEXT
                    ) STRICT;
                    CREATE TABLE grade (
                        submissionId TEXT PRIMARY KEY NOT NULL REFERENCES submission(id) ON DELETE CASCADE,
                        value TEXT NOT NULL CHECK (json_valid(value))
                    ) STRICT;
                    """
            )
        }
        return migrator
    }

    /// How many grades are there.
    func gradeCount() throws -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM grade") ?? 0 }
    }

    /// What the grades rest on; nil for a new journal.
    func basis() throws -> GradingBasis? {
        try read { db in
            try String.fetchOne(db, sql: "SELECT value FROM basis").map { try Self.decode(GradingBasis.self, $0, path) }
        }
    }

    /// Begins a batch or goes on with it: the list becomes what is expected, and the grades of what is no longer there, or
    /// was changed, are dropped.
    func begin(_ basis: GradingBasis, expecting expected: [Expected]) throws {
        try write { db in
            try db.execute(sql: "DELETE FROM basis")
            try db.execute(sql: "INSERT INTO basis (id, value) VALUES (1, ?)", arguments: [try Self.json(basis)])
            var known: [String: String?] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT id, inputDigest FROM submission") {
                known[row["id"]] = .some(row["inputDigest"])
            }
            let ids = Set(expected.map(\.id))
            for id in known.keys where !ids.contains(id) {
                try db.execute(sql: "DELETE FROM submission WHERE id = ?", arguments: [id])
            }
            for one in expected {
                // What cannot be read has no digest to compare; it is looked at again.
                if let digest = known[one.id], digest != nil, digest == one.inputDigest { continue }
                try db.execute(sql: "DELETE FROM submission WHERE id = ?", arguments: [one.id])
                try db.execute(
                    sql: "INSERT INTO submission (id, inputDigest) VALUES (?, ?)",
                    arguments: [one.id, one.inputDigest]
                )
            }
        }
    }

    /// Writes the whole journal to a file that is not there yet.
    func copy(to path: String) throws {
        do {
            try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
        } catch let error as DatabaseError {
            throw Self.failure(error, at: path)
        }
    }

    /// Forgets everything, for a batch that begins anew.
    func clear() throws {
        try write { db in
            for table in ["grade", "submission", "basis"] { try db.execute(sql: "DELETE FROM \(table)") }
        }
    }

    /// Records a grade, whole or not at all, and with it the digest of what was judged: it may not be the one that was expected.
    func record(_ grade: SubmissionGrade) throws {
        let value = try Self.json(grade)
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO grade (submissionId, value) VALUES (?, ?)
                    ON CONFLICT (submissionId) DO UPDATE SET value = excluded.value
                    """,
                arguments: [grade.id, value]
            )
            if let digest = grade.inputDigest {
                try db.execute(
                    sql: "UPDATE submission SET inputDigest = ? WHERE id = ?",
                    arguments: [digest, grade.id]
                )
            }
        }
    }

    /// The ids that have a grade.
    func finished() throws -> Set<String> {
        try read { try Set(String.fetchAll($0, sql: "SELECT submissionId FROM grade")) }
    }

    /// All grades, by id; and that each expected submission has exactly one, and nothing else has.
    ///
    /// - Throws: `internalFault` when that is not so.
    func grades(expecting expected: [Expected]) throws -> [SubmissionGrade] {
        try read { db in
            let grades = try String.fetchAll(db, sql: "SELECT value FROM grade ORDER BY submissionId").map {
                try Self.decode(SubmissionGrade.self, $0, path)
            }
            let ids = grades.map(\.id)
            let wanted = expected.map(\.id).sorted(by: SubmissionCollection.precedes)
            guard ids.sorted(by: SubmissionCollection.precedes) == wanted else {
                let missing = Set(wanted).subtracting(ids).sorted()
                throw Failure(
                    .internalFault,
                    "the grades are not complete",
                    at: .file(path),
                    why: missing.isEmpty
                        ? "there are \(ids.count) grades for \(wanted.count) submissions"
                        : "\(missing.count) submissions have none, the first is \(missing[0])",
                    fix: "Run the command again with --resume."
                )
            }
            return grades.sorted { SubmissionCollection.precedes($0.id, $1.id) }
        }
    }

    /// Closes the file.
    func close() { try? queue.close() }

    private func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do { return try queue.read(body) } catch let error as DatabaseError { throw Self.failure(error, at: path) }
    }

    private func write(_ body: (Database) throws -> Void) throws {
        do { try queue.write(body) } catch let error as DatabaseError { throw Self.failure(error, at: path) }
    }

    private static func json(_ value: some Encodable) throws -> String {
        try JSONWriter.text(of: value)
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ text: String, _ path: String) throws -> Value {
        do {
            return try JSONReader.decode(type, from: Array(text.utf8), limits: .own)
        } catch {
            throw Failure(
                .malformedInput,
                "a grade in the journal cannot be read",
                at: .file(path),
                fix: "Grade into another folder with --out.",
                cause: error
            )
        }
    }

    private static func failure(_ error: DatabaseError, at path: String) -> Failure {
        let why = error.message
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return Failure(
                .malformedInput,
                "the journal of the grades cannot be read",
                at: .file(path),
                why: why,
                fix: "Move it away and grade again, or grade into another folder with --out.",
                cause: error
            )
        case .SQLITE_FULL:
            return Failure(
                .inputOutput,
                "the grade was not saved: the disk is full",
                at: .file(path),
                why: why,
                fix: "Free some space and run the command again with --resume.",
                cause: error
            )
        default:
            return Failure(
                .inputOutput,
                "the journal of the grades cannot be used",
                at: .file(path),
                why: why,
                fix: "Look whether the folder can be written, and run the command again with --resume.",
                cause: error
            )
        }
    }
}
