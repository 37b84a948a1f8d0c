// SPDX-License-Identifier: Apache-2.0

import Advisories
import ArgumentParser
import Diagnostics
import JSONValues

/// `seaworthy advisories show`: the records about one vulnerability.
struct AdvisoriesShow: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the records about a vulnerability, by any of its ids."
    )

    @Argument(help: "An id, such as CVE-2024-29041.")
    var id: String

    @Flag(help: "Print one JSON document: an array of records in the shape of OSV.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let store = try AdvisoriesCommand.open(runtime)
        var records = try store.records(named: id)
        if records.isEmpty { records = try store.records(named: id.uppercased()) }
        guard !records.isEmpty else {
            throw Failure(
                .noInput,
                "no record has this id",
                at: .name(id.utf8.count <= 100 ? id : String(id.unicodeScalars.prefix(100))),
                why: "the data reach up to \(store.manifest.asOf) and speak of some packages only",
                fix: "`seaworthy advisories status` shows which"
            )
        }
        var isKnownExploited = false
        for name in Set(records.flatMap { $0.record.identifiers }).sorted() where !isKnownExploited {
            isKnownExploited = try store.isKnownExploited(name)
        }
        if json {
            let documents = records.map { Self.document($0.record, file: $0.file, isKnownExploited: isKnownExploited) }
            runtime.console.print(bytes: JSONValue.array(documents).bytes() + [0x0A])
            return .success
        }
        let texts = records.map { Self.text($0.record, file: $0.file) }
        runtime.console.print(texts.joined(separator: "\n\n").harmless)
        if isKnownExploited { runtime.console.print("\nIt is known to be exploited.") }
        return .success
    }

    private static func text(_ record: OSVRecord, file: String) -> String {
        var lines = ["\(record.id)  \(record.summary)"]
        func add(_ name: String, _ value: String) {
            if !value.isEmpty { lines.append("  \(name): \(value)") }
        }
        add("withdrawn", record.withdrawn ?? "")
        add("aliases", record.aliases.joined(separator: ", "))
        add("upstream", record.upstream.joined(separator: ", "))
        add("published", record.published ?? "")
        add("severity", record.severityWord ?? "")
        for rating in record.severity {
            let score = (try? CVSSVector(parsing: rating.score)).map { " = \($0.scoreText) \($0.band.rawValue)" } ?? ""
            add(rating.type, rating.score + score)
        }
        add("weaknesses", record.weaknesses.joined(separator: ", "))
        for entry in record.affected {
            let ranges = entry.ranges.map { range in
                range.events.map { "\($0.kind.rawValue) \($0.version)" }.joined(separator: ", ")
            }
            let versions = entry.versions.isEmpty ? [] : ["\(entry.versions.count) single versions"]
            add("\(entry.ecosystem?.description ?? "?") \(entry.name)", (ranges + versions).joined(separator: "; "))
        }
        add("from", file)
        return lines.joined(separator: "\n")
    }

    private static func document(_ record: OSVRecord, file: String, isKnownExploited: Bool) -> JSONValue {
        func texts(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
        func ratings(_ values: [OSVRecord.Rating]) -> JSONValue {
            .array(values.map { ["type": .string($0.type), "score": .string($0.score)] })
        }
        let affected = record.affected.map { entry -> JSONValue in
            [
                "package": ["ecosystem": .optional(entry.ecosystem?.description), "name": .string(entry.name)],
                "severity": ratings(entry.severity),
                "ranges": .array(
                    entry.ranges.map { range in
                        [
                            "type": .string(range.type.name),
                            "events": .array(
                                range.events.map { event in
                                    var object = JSONObject()
                                    object.append(event.kind.rawValue, .string(event.version))
                                    return .object(object)
                                }
                            ),
                        ]
                    }
                ),
                "versions": texts(entry.versions),
            ]
        }
        return [
            "id": .string(record.id), "modified": .string(record.modified), "published": .optional(record.published),
            "withdrawn": .optional(record.withdrawn), "aliases": texts(record.aliases),
            "upstream": texts(record.upstream),
            "summary": .string(record.summary), "severity": ratings(record.severity), "affected": .array(affected),
            "database_specific": ["severity": .optional(record.severityWord), "cwe_ids": texts(record.weaknesses)],
            "file": .string(file), "knownExploited": .bool(isKnownExploited),
        ]
    }
}

extension OSVRange.Kind {
    /// As OSV writes it.
    fileprivate var name: String {
        switch self {
        case .semver: "SEMVER"
        case .ecosystem: "ECOSYSTEM"
        case .git: "GIT"
        case .other(let name): name
        }
    }
}
