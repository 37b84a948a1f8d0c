// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Foundation
import GRDB
public import Packages
import Synchronization

/// The vulnerability data: records from the embedded files, kept in SQLite so that a look-up is fast.
///
/// - `open(embedded:home:)` opens it, building the database where there is none for these data.
/// - `match(_:)` finds the vulnerabilities of packages.
/// - `records(named:)`, `isKnownExploited(_:)`, `summary` answer questions about the data themselves.
public final class AdvisoryDatabase: Sendable {
    /// What the data are and where they come from.
    public let manifest: DataSetManifest
    /// What was skipped while the database was built, and whether it had to stay in memory; empty on later openings.
    public let warnings: [Finding]

    /// What names the data in reports.
    public var dataSet: DataSetIdentity { manifest.identity }

    /// The name of the file in the data home that keeps the records as tables; it may be removed at any time.
    public static let cacheName = AdvisoryCache.fileName

    /// What the user added, sorted by name.
    public let feeds: [ImportedFeed]

    private let origin: Origin
    private let queue: Mutex<DatabaseQueue>
    private let memo = MatchMemo()

    /// Opens the advisory data.
    ///
    /// A database that is missing, broken or of other data is built anew; where the home cannot be written it is built in memory.
    /// - Parameters:
    ///   - embedded: the folder with `manifest.json`.
    ///   - home: the folder for the database; nil keeps it in memory.
    /// - Throws: a `Failure` when the data files are missing or not what the manifest says.
    public static func open(embedded dataFolder: String, home: String?) throws -> AdvisoryDatabase {
        let (manifest, bytes) = try DataSetManifest.read(folder: dataFolder)
        let sizes = manifest.files.map { file -> Int in
            let attributes = try? FileManager.default.attributesOfItem(atPath: dataFolder + "/" + file.name)
            return (attributes?[.size] as? NSNumber)?.intValue ?? -1
        }
        let feeds = home.map { ImportedFeed.all(home: $0) } ?? []
        let imports = home.map { home in feeds.map { ImportedFile($0, home: home) } } ?? []
        let stamp = AdvisoryCache.stamp(manifest: bytes, sizes: sizes, imports: imports)
        let origin = Origin(
            path: home.map { $0 + "/" + AdvisoryCache.fileName },
            stamp: stamp,
            manifest: manifest,
            dataFolder: dataFolder,
            imports: imports
        )
        let (queue, warnings) = try openOrBuild(origin)
        return AdvisoryDatabase(
            manifest: manifest.with(feeds),
            feeds: feeds,
            warnings: warnings,
            origin: origin,
            queue: queue
        )
    }

    private init(
        manifest: DataSetManifest,
        feeds: [ImportedFeed],
        warnings: [Finding],
        origin: Origin,
        queue: sending DatabaseQueue
    ) {
        self.manifest = manifest
        self.feeds = feeds
        self.warnings = warnings
        self.origin = origin
        self.queue = Mutex(queue)
    }

    /// Where the database is kept, and what it is built from.
    private struct Origin: Sendable {
        /// The database; nil keeps it in memory.
        let path: String?
        let stamp: String
        /// What the embedded files are, without imported feeds.
        let manifest: DataSetManifest
        let dataFolder: String
        let imports: [ImportedFile]
    }

    private static func openOrBuild(_ origin: Origin) throws -> (DatabaseQueue, [Finding]) {
        let (path, stamp) = (origin.path, origin.stamp)
        if let path, let queue = AdvisoryCache.open(path: path, stamp: stamp) { return (queue, []) }
        let contents = try AdvisoryFiles(
            manifest: origin.manifest,
            folder: origin.dataFolder,
            imports: origin.imports
        )
        var reason: String?
        if let path {
            do {
                let warnings = try AdvisoryCache.build(path: path, stamp: stamp, contents: contents)
                if let queue = AdvisoryCache.open(path: path, stamp: stamp) { return (queue, warnings) }
                reason = "what was written cannot be read back"
            } catch {
                reason = "\(error)"
            }
        }
        do {
            let (queue, warnings) = try AdvisoryCache.buildInMemory(stamp: stamp, contents: contents)
            let notice = reason.map { reason in
                Finding(
                    rule: "advisory-database",
                    severity: .warning,
                    message: "the advisory database stays in memory, because it cannot be kept: " + reason,
                    file: path,
                    fix: "make the data home writable, or set SEAWORTHY_HOME to a folder that is"
                )
            }
            return (queue, warnings + (notice.map { [$0] } ?? []))
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.internalFault, "the advisory database cannot be built", why: "\(error)", cause: error)
        }
    }

    /// Reads from the database; one that turns out to be broken is built anew and read once more.
    func read<Value: Sendable>(_ work: @Sendable (Database) throws -> Value) throws -> Value {
        let current = queue.withLock { $0 }
        do {
            return try current.read(work)
        } catch {
            guard let path = origin.path else {
                throw Failure(.inputOutput, "the advisory data cannot be read", why: "\(error)", cause: error)
            }
            try? FileManager.default.removeItem(atPath: path)
            let (fresh, _) = try Self.openOrBuild(origin)
            queue.withLock { $0 = fresh }
            do {
                return try fresh.read(work)
            } catch {
                throw Failure(
                    .inputOutput,
                    "the advisory data cannot be read",
                    at: .file(path),
                    why: "\(error)",
                    cause: error
                )
            }
        }
    }
}

extension AdvisoryDatabase {
    /// Finds the vulnerabilities of packages.
    ///
    /// - Parameter packages: as the catalogers found them, in any order; one that is found in several places counts once.
    /// - Throws: a `Failure` when the data cannot be read.
    public func match(_ packages: [Package]) throws -> MatchReport {
        let (manifest, memo) = (manifest, memo)
        return try read { database in
            try Matcher(source: StoredRecords(database: database), manifest: manifest, memo: memo).match(packages)
        }
    }

    /// The records that carry an id, as their own or as another name, each with the file it stands in.
    ///
    /// - Throws: a `Failure` when the data cannot be read.
    public func records(named id: String) throws -> [(record: OSVRecord, file: String)] {
        try read { database in
            try StoredRecords(database: database).records(named: id).map {
                StoredPair(record: $0.record, file: $0.file)
            }
        }
        .map { ($0.record, $0.file) }
    }

    /// Whether a vulnerability is in the embedded catalog of known exploited ones.
    ///
    /// - Throws: a `Failure` when the data cannot be read.
    public func isKnownExploited(_ id: String) throws -> Bool {
        try read { database in try StoredRecords(database: database).isKnownExploited(id) }
    }

    private struct StoredPair: Sendable {
        let record: OSVRecord
        let file: String
    }
}

/// Records out of the database.
struct StoredRecords: RecordSource {
    let database: Database

    func records(ecosystem: String, name: String) throws -> [SourcedRecord] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT record.source, record.body FROM affected JOIN record ON record.key = affected.record
                WHERE affected.ecosystem = ? AND affected.name = ? ORDER BY record.id, record.source
                """
        )
        return try sourced(statement, [ecosystem, name])
    }

    func records(named id: String) throws -> [SourcedRecord] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT record.source, record.body FROM identifier JOIN record ON record.key = identifier.record
                WHERE identifier.name = ? ORDER BY record.id, record.source
                """
        )
        return try sourced(statement, [id])
    }

    func isKnownExploited(_ id: String) throws -> Bool {
        let statement = try database.cachedStatement(sql: "SELECT 1 FROM known_exploited WHERE id = ?")
        return try Int.fetchOne(statement, arguments: [id]) != nil
    }

    private func sourced(_ statement: Statement, _ arguments: StatementArguments) throws -> [SourcedRecord] {
        try Row.fetchAll(statement, arguments: arguments).compactMap { row in
            let file: String = row[0]
            let body: Data = row[1]
            guard let record = OSVReader.record(Array(body), file: file).record else { return nil }
            return SourcedRecord(record: record, file: file)
        }
    }
}
