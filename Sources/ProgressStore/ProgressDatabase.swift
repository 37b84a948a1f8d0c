// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import Foundation
import GRDB
import HostFiles

/// The record of what a learner did: lessons, attempts, events, variables and settings.
///
/// Each writing method is one transaction, on the disk before it returns; a kill in the middle leaves the record as it was
/// before. Several processes may use one file at once. The clock is always passed in.
///
/// Errors: every method throws a `Failure`: `inputOutput` for a disk that is full or cannot be written and for a file that
/// another process keeps busy, `malformedInput` for one that is damaged.
public struct ProgressDatabase: Sendable {
    /// A queue in WAL mode, or in memory for tests.
    let writer: any DatabaseWriter
    /// The learner whose record this is.
    public let learner: Learner
    /// The file, for messages; `:memory:` for the twin of tests.
    public let path: String
    /// The workspace whose record is read and written, by the name that its keeper gives; nil for all of a lesson's workspaces,
    /// and then what is written belongs to none.
    public let record: String?

    /// How long a process waits for another one's transaction, in seconds.
    static let busySeconds = 15.0

    /// Opens the record at a path, and makes it when it is not there.
    ///
    /// A file that is damaged or no database at all is moved aside with what belongs to it, and a new one is begun.
    ///
    /// - Throws: `malformedInput` when a newer version of this program wrote the file, which then stays as it is;
    ///   `cannotCreate` when its folder cannot be made.
    public static func open(at path: String, now: Date) throws -> Opening {
        let folder = (path as NSString).deletingLastPathComponent
        do {
            try HostFile.makeFolder(folder, mode: 0o700)
        } catch {
            throw Failure(
                .cannotCreate,
                "cannot make the folder for your progress",
                at: .file(folder),
                fix: "Set SEAWORTHY_HOME to a folder that you can write to.",
                cause: error
            )
        }
        // One process at a time makes tables or moves a damaged file; after this they meet in SQLite's own locks only.
        return try ProgressLock.holding(path + ".lock") {
            for file in [path + "-wal", path + "-shm"] { HostFile.giveToOwnerOfFolder(file) }
            do {
                return Opening(database: try openFile(path, now: now), damaged: nil)
            } catch let error as DatabaseError where error.isDamage {
                let moved = try DamagedDatabase.moveAside(path, why: error.message ?? "the file is damaged", now: now)
                return Opening(database: try openFile(path, now: now), damaged: moved)
            } catch let error as DatabaseError {
                throw error.failure(at: path)
            }
        }
    }

    /// A record that lives in memory and behaves as one on the disk.
    public static func inMemory(now: Date) throws -> ProgressDatabase {
        let queue = try DatabaseQueue(configuration: configuration)
        return try ProgressDatabase(queue, path: ":memory:", now: now)
    }

    private static func openFile(_ path: String, now: Date) throws -> ProgressDatabase {
        // SQLite takes a file of less than a page's head for an empty one and would write over it.
        if let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, (1..<512).contains(size) {
            throw DatabaseError(resultCode: .SQLITE_NOTADB, message: "it is only \(size) bytes long")
        }
        HostFile.prepare(path)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        do {
            // Not by the configuration: that would set synchronous to NORMAL, which may lose the last transactions when
            // the power fails, and would write to the file on every opening.
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = WAL")
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try requireSound(db)
            }
            try keepCopyBeforeUpgrade(queue, path: path)
            return try ProgressDatabase(queue, path: path, now: now)
        } catch {
            try? queue.close()
            throw error
        }
    }

    /// Keeps a copy of a record that an older version wrote, beside it, before its tables are changed.
    private static func keepCopyBeforeUpgrade(_ queue: DatabaseQueue, path: String) throws {
        let migrator = ProgressSchema.migrator
        let done = try queue.read { try migrator.appliedIdentifiers($0) }
        guard !done.isEmpty, try queue.read({ try !migrator.hasCompletedMigrations($0) }),
            try queue.read({ try !migrator.hasBeenSuperseded($0) })
        else { return }
        let copy = path + ".before-\(done.count + 1)"
        // A copy that is there is of an upgrade that a kill interrupted: it is as good as this one.
        guard HostFile.kindOfLink(copy) == nil else { return }
        let temporary = copy + ".\(ProcessInfo.processInfo.processIdentifier)"
        HostFile.remove(temporary)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "VACUUM INTO ?", arguments: [temporary])
        }
        HostFile.giveToOwnerOfFolder(temporary)
        guard rename(temporary, copy) == 0 else {
            throw Failure(
                .inputOutput,
                "the copy of your progress cannot be kept",
                at: .file(copy),
                why: String(cString: strerror(errno)),
                fix: "Free some space there and run the command again."
            )
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busySeconds)
        configuration.foreignKeysEnabled = true
        configuration.label = "progress"
        return configuration
    }

    /// Looks through the whole file: a damaged page is better found now than in the middle of a lesson.
    private static func requireSound(_ db: Database) throws {
        let answer = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
        guard answer == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: answer) }
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        // A kill on the first opening may leave the list of migrations alone, before the one that makes the mark.
        let tables =
            try Int.fetchOne(
                db,
                sql: "SELECT COUNT(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'"
            ) ?? 0
        guard application == ProgressSchema.applicationID || tables == 0 else {
            throw DatabaseError(resultCode: .SQLITE_NOTADB, message: "it is the database of another program")
        }
    }

    private init(_ writer: any DatabaseWriter, path: String, now: Date) throws {
        let migrator = ProgressSchema.migrator
        if try writer.read({ try migrator.hasBeenSuperseded($0) }) {
            throw Failure(
                .malformedInput,
                "your progress was written by a newer version of this program",
                at: .file(path),
                why: "this version does not know its tables and leaves them alone",
                fix: "Use the newer version, or set SEAWORTHY_HOME to another folder to begin a second record."
            )
        }
        try migrator.migrate(writer)
        self.writer = writer
        self.path = path
        self.record = nil
        self.learner = try writer.write { db in
            try db.execute(
                sql: "INSERT INTO learner (id, name, createdAt) VALUES (1, 'local', ?) ON CONFLICT DO NOTHING",
                arguments: [Timestamp.text(of: now)]
            )
            return try Learner.fetch(db, id: 1)
        }
    }

    private init(_ other: ProgressDatabase, record: String?) {
        writer = other.writer
        learner = other.learner
        path = other.path
        self.record = record
    }

    /// The same database, for the record of one workspace.
    public func of(record: String?) -> ProgressDatabase { ProgressDatabase(self, record: record) }

    // MARK: - Shared by the topics

    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do { return try writer.write(body) } catch let error as DatabaseError { throw error.failure(at: path) }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do { return try writer.read(body) } catch let error as DatabaseError { throw error.failure(at: path) }
    }

    /// What SQLite finds wrong with the file, and records that contradict themselves; empty when all is well.
    public func problems() throws -> [String] {
        try read { db in
            var problems = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            let orphans = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
            problems += orphans.map { "a line of \($0[0] ?? "?") refers to something that is not there" }
            let halves = try Int64.fetchAll(
                db,
                sql: """
                    SELECT event.id FROM event LEFT JOIN attempt ON attempt.id = event.id
                    WHERE (event.kind = 'attempt') <> (attempt.id IS NOT NULL) ORDER BY event.id
                    """
            )
            problems += halves.map { "attempt \($0) is recorded by half" }
            return problems
        }
    }
}

extension ProgressDatabase {
    /// What opening a record came to.
    public struct Opening: Sendable {
        /// The record, ready for use.
        public let database: ProgressDatabase
        /// The damaged file that was moved aside, for a word to the learner; nil when all was well.
        public let damaged: DamagedDatabase?
    }
}
