// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Foundation
import HostFiles
import JSONValues

/// Advisory data that the user added: kept as plain files in the data home, beside the embedded ones.
///
/// Two files each: the records and a small page that says what they are. The database is made of both kinds; an imported record
/// takes the place of an embedded one with the same id when its `modified` is later.
public struct ImportedFeed: Sendable, Hashable, Codable {
    /// The feed's name, which is that of its files.
    public let name: String
    /// What it holds.
    public let kind: DataSetManifest.File.Kind
    /// How many records or ids.
    public let records: Int
    /// The day of the import, `YYYY-MM-DD`.
    public let importedOn: String
    /// The newest `modified` among the records, or the catalog's own version; empty when it does not say.
    public let asOf: String
    /// The ecosystems, with their releases, of which the feed is large enough to count as data about all packages.
    public let ecosystems: [String]

    /// From how many records on a feed counts as data about a whole ecosystem and not as a few records of it.
    static let recordsForCoverage = 100

    static func folder(_ home: String) -> String { home + "/advisories" }

    var fileName: String { name + (kind == .osv ? ".ndjson" : ".known.json") }

    /// The feeds of a data home, sorted by name; pages that cannot be read are passed over.
    public static func all(home: String) -> [ImportedFeed] {
        let folder = folder(home)
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        return names.filter { $0.hasSuffix(".feed.json") }.compactMap { name in
            FileManager.default.contents(atPath: folder + "/" + name)
                .flatMap { try? JSONReader.decode(ImportedFeed.self, from: Array($0), limits: .own) }
        }
        .filter { !$0.name.contains("/") && $0.name == sanitised($0.name) }
    }

    /// Takes a feed away again.
    ///
    /// - Returns: whether there was one of that name.
    public static func remove(_ name: String, home: String) -> Bool {
        guard let feed = all(home: home).first(where: { $0.name == name }) else { return false }
        try? FileManager.default.removeItem(atPath: folder(home) + "/" + feed.name + ".feed.json")
        try? FileManager.default.removeItem(atPath: folder(home) + "/" + feed.fileName)
        return true
    }

    /// Adds records in a form that some importer reads.
    ///
    /// A feed of the same name is replaced. Bad records are left out and named in the warnings.
    /// - Parameters:
    ///   - texts: the files of the feed, each with its name for warnings.
    ///   - today: the day of the import, `YYYY-MM-DD`.
    /// - Throws: `malformedInput` when not a single record is in it, `cannotCreate` when it cannot be kept.
    public static func add(
        _ texts: [(name: String, bytes: [UInt8])],
        as name: String,
        home: String,
        today: String
    ) throws -> (feed: ImportedFeed, warnings: [Finding]) {
        let name = sanitised(name)
        let files = texts.map { FeedFile(name: $0.name, bytes: $0.bytes) }
        var warnings: [Finding] = []
        for importer in AdvisoryImporterRegistry.all {
            warnings = []
            guard let records = importer.records(in: files, warnings: &warnings) else { continue }
            let feed = ImportedFeed(
                name: name,
                kind: records.kind,
                records: records.count,
                importedOn: today,
                asOf: records.asOf,
                ecosystems: records.ecosystems.filter { $0.value >= recordsForCoverage }.map(\.key).sorted()
            )
            try feed.keep(records.bytes, home: home)
            return (feed, warnings)
        }
        throw Failure(
            .malformedInput,
            "there is no advisory record in it",
            at: texts.first.map { .file($0.name) },
            why: warnings.first?.message,
            fix: "give OSV records as JSON or NDJSON, or CISA's catalog"
        )
    }

    /// Writes the records, then the page that makes them count.
    private func keep(_ bytes: [UInt8], home: String) throws {
        let folder = Self.folder(home)
        do {
            try HostFile.makeFolder(folder)
            try HostFile.writeAtomically(bytes, to: folder + "/" + fileName)
            try HostFile.writeAtomically(try JSONWriter.bytes(of: self), to: folder + "/" + name + ".feed.json")
        } catch {
            throw Failure(
                .cannotCreate,
                "the advisory data cannot be kept",
                at: .file(folder),
                why: "\(error)",
                fix: "make the data home writable",
                cause: error
            )
        }
    }

    /// A name that is safe for a file: letters, digits, `.`, `-`, `_`; never empty and never hidden.
    static func sanitised(_ name: String) -> String {
        let kept = name.utf8.prefix(80).map { byte -> UInt8 in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: byte
            case 0x2E: byte
            default: 0x5F
            }
        }
        let text = String(decoding: kept, as: UTF8.self)
        return text.isEmpty || text.hasPrefix(".") ? "feed" + text : text
    }
}
