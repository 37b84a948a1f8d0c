// SPDX-License-Identifier: Apache-2.0

// Source: OSV schema 1.7.5; measured faults of real dumps (missing `affected`, empty `events`, mixed event kinds).

public import Diagnostics
import JSONValues

/// Reads OSV records, one JSON object or many lines of them, without being stopped by a bad one.
public enum OSVReader {
    /// Records and what was wrong with others.
    public struct Result: Sendable {
        /// The records that could be read, in the order of the text.
        public let records: [OSVRecord]
        /// What was skipped or mended, each naming the record and its line.
        public let warnings: [Finding]
    }

    /// Reads NDJSON, one record a line, or a single JSON object or array spread over lines.
    ///
    /// - Parameter file: the name for warnings.
    public static func read(_ bytes: [UInt8], file: String) -> Result {
        var records: [OSVRecord] = []
        var warnings: [Finding] = []
        forEachValue(in: bytes, file: file, warnings: &warnings) { value, _, line, warnings in
            if let record = record(from: value, file: file, line: line, warnings: &warnings) { records.append(record) }
        }
        return Result(records: records, warnings: warnings)
    }

    /// Reads one record.
    ///
    /// - Returns: nil and a warning when the bytes are no OSV record.
    public static func record(_ bytes: [UInt8], file: String = "record") -> (record: OSVRecord?, warnings: [Finding]) {
        let result = read(bytes, file: file)
        return (result.records.first, result.warnings)
    }

    /// Calls `visit` with each record's value, its bytes and its line (from 1).
    static func forEachValue(
        in bytes: [UInt8],
        file: String,
        warnings: inout [Finding],
        _ visit: (JSONValue, ArraySlice<UInt8>, Int, inout [Finding]) -> Void
    ) {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        var isWhole = true
        for (index, line) in lines.enumerated() where line.contains(where: { $0 > 0x20 }) {
            guard let value = try? JSONValue(parsing: Array(line), depth: 64), value.isObject else {
                // A text that is one value over many lines fails at its first line already.
                if isWhole, let whole = try? JSONValue(parsing: bytes, depth: 64) {
                    switch whole {
                    case .array(let values): for value in values { visit(value, bytes[...], index + 1, &warnings) }
                    case let value: visit(value, bytes[...], index + 1, &warnings)
                    }
                    return
                }
                isWhole = false
                warnings.append(warning("this line is not a JSON object; it is left out", file: file, line: index + 1))
                continue
            }
            isWhole = false
            visit(value, line, index + 1, &warnings)
        }
    }

    /// The record in a JSON value; nil and a warning when it has no id.
    static func record(from value: JSONValue, file: String, line: Int, warnings: inout [Finding]) -> OSVRecord? {
        guard let id = value.present("id")?.string, !id.isEmpty, id.utf8.count <= 256 else {
            warnings.append(warning("a record without an id is left out", file: file, line: line))
            return nil
        }
        let database = value.present("database_specific")
        let faults = Faults(id: id)
        let affected = (value.present("affected")?.array ?? []).map { self.affected($0, faults: faults) }
        if affected.isEmpty { faults.note("names no affected package, so it never matches") }
        for fault in faults.texts {
            warnings.append(warning(id + " " + fault, file: file, line: line))
        }
        return OSVRecord(
            id: id,
            modified: value.present("modified")?.string ?? "",
            published: value.present("published")?.string,
            withdrawn: value.present("withdrawn")?.string.flatMap { $0.isEmpty ? nil : $0 },
            aliases: value.present("aliases")?.stringList ?? [],
            upstream: upstream(of: value, id: id),
            summary: value.present("summary")?.string ?? "",
            severity: ratings(value.present("severity")),
            severityWord: database?.present("severity")?.string,
            severityWordSource: database?.present("severity_source")?.string,
            vectorSource: database?.present("cvss_source")?.string,
            weaknesses: database?.present("cwe_ids")?.stringList ?? [],
            exploitedSince: database?.present("kev")?.string,
            affected: affected
        )
    }

    /// What a distribution's record refers to; older dumps wrote it into `related`.
    private static func upstream(of value: JSONValue, id: String) -> [String] {
        let upstream = value.present("upstream")?.stringList ?? []
        guard upstream.isEmpty, value.present("aliases")?.stringList.isEmpty ?? true,
            ["DEBIAN-", "ALPINE-", "DSA-", "DLA-"].contains(where: { id.hasPrefix($0) })
        else { return upstream }
        let related = (value.present("related")?.stringList ?? []).filter { $0.hasPrefix("CVE-") }
        guard related.isEmpty else { return related }
        return ["DEBIAN-CVE-", "ALPINE-CVE-"].contains { id.hasPrefix($0) } ? [String(id.dropFirst(7))] : []
    }

    private static func affected(_ value: JSONValue, faults: Faults) -> OSVAffected {
        let package = value.present("package")
        let specific = value.present("ecosystem_specific")
        return OSVAffected(
            ecosystem: package?.present("ecosystem")?.string.map { Ecosystem($0) },
            name: package?.present("name")?.string ?? "",
            severity: ratings(value.present("severity")),
            severityWord: value.present("database_specific")?.present("severity")?.string,
            urgency: specific?.present("urgency")?.string
                ?? value.present("database_specific")?.present("urgency")?.string,
            environments: specific?.present("environments")?.stringList ?? [],
            ranges: (value.present("ranges")?.array ?? []).map { range($0, faults: faults) },
            versions: value.present("versions")?.stringList ?? []
        )
    }

    private static func range(_ value: JSONValue, faults: Faults) -> OSVRange {
        let type: OSVRange.Kind =
            switch value.present("type")?.string {
            case "SEMVER": .semver
            case "ECOSYSTEM": .ecosystem
            case "GIT": .git
            case let other: .other(other ?? "")
            }
        var events: [OSVRange.Event] = []
        for event in value.present("events")?.array ?? [] {
            let found = OSVRange.Event.Kind.allCases.compactMap { kind in
                event.present(kind.rawValue)?.string.map { OSVRange.Event(kind, $0) }
            }
            if found.count != 1 {
                faults.note("has an event that is not exactly one of introduced, fixed, last_affected, limit")
            }
            events.append(contentsOf: found)
        }
        if events.isEmpty {
            faults.note("has a range without events")
        } else if !events.contains(where: { $0.kind == .introduced }) {
            faults.note("has a range that nothing introduces")
        }
        if events.contains(where: { $0.kind == .fixed }), events.contains(where: { $0.kind == .lastAffected }) {
            faults.note("has a range with both fixed and last_affected")
        }
        return OSVRange(type: type, events: events)
    }

    private static func ratings(_ value: JSONValue?) -> [OSVRecord.Rating] {
        (value?.array ?? []).compactMap { rating in
            guard let type = rating.present("type")?.string, let score = rating.present("score")?.string else {
                return nil
            }
            return OSVRecord.Rating(type: type, score: score)
        }
    }

    static func warning(_ message: String, file: String, line: Int) -> Finding {
        Finding(
            rule: "advisory-record",
            severity: .warning,
            message: message,
            file: file,
            range: SourceRange(lines: line...line)
        )
    }

    /// The faults of one record, each said once.
    private final class Faults {
        let id: String
        private(set) var texts: [String] = []

        init(id: String) { self.id = id }

        func note(_ text: String) { if !texts.contains(text) { texts.append(text) } }
    }
}
