// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import GRDB
import HostFiles
import JSONValues

/// The SQLite file behind the store: a cache of the data files that can be thrown away at any time.
///
/// It is built beside its place and renamed there, so nobody ever sees half of one; two processes may build at once, the last
/// rename wins and both are right. It is opened for reading only.
enum AdvisoryCache {
    /// Goes up when the tables change.
    private static let layoutVersion = 1
    /// The file's name in the data home.
    static let fileName = "advisories.sqlite"

    /// Opens a database that was built from exactly these data.
    ///
    /// - Returns: nil when there is none, when it is of other data, or when it is broken.
    static func open(path: String, stamp: String) -> DatabaseQueue? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(2)
        guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else { return nil }
        let found = try? queue.read { database in
            try String.fetchOne(database, sql: "SELECT value FROM property WHERE name = 'stamp'")
        }
        return found == stamp ? queue : nil
    }

    /// The text that ties a database to its data.
    static func stamp(manifest: [UInt8], sizes: [Int], imports: [ImportedFile] = []) -> String {
        "\(layoutVersion) \(sizes.map(String.init).joined(separator: ",")) "
            + imports.map { "\($0.name) \($0.size) \($0.changed) " }.joined()
            + String(decoding: manifest, as: UTF8.self)
    }

    /// Builds a database at a path, in a temporary file first.
    static func build(path: String, stamp: String, contents: AdvisoryFiles) throws -> [Finding] {
        let folder = (path as NSString).deletingLastPathComponent
        try HostFile.makeFolder(folder)
        removeLeftovers(folder: folder)
        let temporary = path + "." + UUID().uuidString + ".tmp"
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            // Nothing to protect: the file counts only once it is renamed.
            try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        }
        let queue = try DatabaseQueue(path: temporary, configuration: configuration)
        let warnings = try fill(queue, stamp: stamp, contents: contents)
        try queue.close()
        HostFile.giveToOwnerOfFolder(temporary)
        guard rename(temporary, path) == 0 else {
            throw Failure(.cannotCreate, "the advisory database cannot be put in place", at: .file(path))
        }
        return warnings
    }

    /// Builds a database in memory, for when the data home cannot be written.
    static func buildInMemory(stamp: String, contents: AdvisoryFiles) throws -> (
        queue: DatabaseQueue, warnings: [Finding]
    ) {
        let queue = try DatabaseQueue()
        return (queue, try fill(queue, stamp: stamp, contents: contents))
    }

    /// Temporary files that a killed process left behind, an hour later.
    private static func removeLeftovers(folder: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(fileName + ".") && name.hasSuffix(".tmp") {
            let path = folder + "/" + name
            let changed = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            guard let changed, changed.timeIntervalSinceNow < -3600 else { continue }
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    private static func fill(_ queue: DatabaseQueue, stamp: String, contents: AdvisoryFiles) throws -> [Finding] {
        var warnings: [Finding] = []
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE property (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
                    CREATE TABLE record (
                        key INTEGER PRIMARY KEY, source TEXT NOT NULL, id TEXT NOT NULL, modified TEXT NOT NULL,
                        body BLOB NOT NULL, UNIQUE (source, id));
                    CREATE TABLE affected (
                        ecosystem TEXT NOT NULL, name TEXT NOT NULL, record INTEGER NOT NULL REFERENCES record (key),
                        PRIMARY KEY (ecosystem, name, record)) WITHOUT ROWID;
                    CREATE TABLE identifier (
                        name TEXT NOT NULL, record INTEGER NOT NULL REFERENCES record (key),
                        PRIMARY KEY (name, record)) WITHOUT ROWID;
                    CREATE TABLE known_exploited (id TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;
                    """
            )
            var filler = try Filler(database: database)
            for file in contents.files {
                switch file.kind {
                case .osv: try filler.add(records: file.bytes, file: file.name, warnings: &warnings)
                case .knownExploited: try filler.add(knownExploited: file.bytes, file: file.name, warnings: &warnings)
                }
            }
            try database.execute(
                sql: "INSERT INTO property (name, value) VALUES ('stamp', ?)",
                arguments: [stamp]
            )
        }
        return warnings
    }
}

/// The bytes of the data files, in the order of the manifest.
struct AdvisoryFiles {
    struct File {
        let name: String
        let kind: DataSetManifest.File.Kind
        let bytes: [UInt8]
    }

    let files: [File]

    /// Reads the files that a manifest names.
    ///
    /// - Throws: `noInput` or `malformedInput` when one is missing or has another size than the manifest says.
    init(manifest: DataSetManifest, folder: String, imports: [ImportedFile] = []) throws {
        let embedded = try manifest.files.map { entry in
            let path = folder + "/" + entry.name
            guard !entry.name.contains("/"), let data = FileManager.default.contents(atPath: path) else {
                throw Failure(
                    .noInput,
                    "a file of the advisory data is not there",
                    at: .file(path),
                    fix: "install Seaworthy again"
                )
            }
            guard data.count == entry.size else {
                throw Failure(
                    .malformedInput,
                    "a file of the advisory data is not what its manifest says",
                    at: .file(path),
                    why: "it has \(data.count) bytes instead of \(entry.size)",
                    fix: "install Seaworthy again"
                )
            }
            return File(name: entry.name, kind: entry.kind, bytes: Array(data))
        }
        // An imported file that is gone since it was listed is simply not there any more.
        files =
            embedded
            + imports.compactMap { file in
                FileManager.default.contents(atPath: file.path).map {
                    File(name: file.name, kind: file.kind, bytes: Array($0))
                }
            }
    }
}

/// A file that the user added.
struct ImportedFile: Sendable {
    let name: String
    let kind: DataSetManifest.File.Kind
    let path: String
    let size: Int
    /// When it was last written, in seconds since 1970.
    let changed: Double

    init(_ feed: ImportedFeed, home: String) {
        name = feed.fileName
        kind = feed.kind
        path = ImportedFeed.folder(home) + "/" + feed.fileName
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        size = (attributes?[.size] as? NSNumber)?.intValue ?? -1
        changed = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    }
}

/// Puts records into the tables.
private struct Filler {
    private let insertRecord: Statement
    private let removeRecord: Statement
    private let insertAffected: Statement
    private let insertIdentifier: Statement
    private let insertKnown: Statement
    private let database: Database
    /// The key and the date of what is there by source and id; the later `modified` of two records with one id wins.
    private var known: [String: (key: Int64, modified: String)] = [:]
    private var nextKey: Int64 = 1

    init(database: Database) throws {
        self.database = database
        insertRecord = try database.makeStatement(
            sql: "INSERT INTO record (key, source, id, modified, body) VALUES (?, ?, ?, ?, ?)"
        )
        removeRecord = try database.makeStatement(sql: "DELETE FROM record WHERE key = ?")
        insertAffected = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO affected (ecosystem, name, record) VALUES (?, ?, ?)"
        )
        insertIdentifier = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO identifier (name, record) VALUES (?, ?)"
        )
        insertKnown = try database.makeStatement(sql: "INSERT OR IGNORE INTO known_exploited (id) VALUES (?)")
    }

    mutating func add(records bytes: [UInt8], file: String, warnings: inout [Finding]) throws {
        var entries: [(OSVRecord, [UInt8])] = []
        OSVReader.forEachValue(in: bytes, file: file, warnings: &warnings) { value, text, line, warnings in
            if let record = OSVReader.record(from: value, file: file, line: line, warnings: &warnings) {
                entries.append((record, Array(text)))
            }
        }
        for (record, text) in entries { try add(record, text: text, source: file) }
    }

    private mutating func add(_ record: OSVRecord, text: [UInt8], source: String) throws {
        // A CVE may be the id of a record of several publishers; any other id has one publisher, so the later record counts.
        let name = record.id.hasPrefix("CVE-") ? source + "\n" + record.id : record.id
        if let other = known[name] {
            guard record.modified > other.modified else { return }
            try database.execute(sql: "DELETE FROM affected WHERE record = ?", arguments: [other.key])
            try database.execute(sql: "DELETE FROM identifier WHERE record = ?", arguments: [other.key])
            try removeRecord.execute(arguments: [other.key])
        }
        let key = nextKey
        nextKey += 1
        known[name] = (key, record.modified)
        try insertRecord.execute(arguments: [key, source, record.id, record.modified, Data(text)])
        for entry in record.affected {
            guard let ecosystem = entry.ecosystem, !entry.name.isEmpty else { continue }
            try insertAffected.execute(arguments: [ecosystem.base, ecosystem.comparableName(entry.name), key])
        }
        for identifier in record.identifiers { try insertIdentifier.execute(arguments: [identifier, key]) }
    }

    mutating func add(knownExploited bytes: [UInt8], file: String, warnings: inout [Finding]) throws {
        guard let value = try? JSONValue(parsing: bytes) else {
            warnings.append(OSVReader.warning("the list of known exploited ids cannot be read", file: file, line: 1))
            return
        }
        for id in value.present("ids")?.stringList ?? [] { try insertKnown.execute(arguments: [id]) }
    }
}
