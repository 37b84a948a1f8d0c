// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Packages
import SeaworthyTestSupport
import Testing

@testable import Advisories

/// A folder of advisory data made for one test.
struct ScratchData {
    let folder: String
    let home: String

    /// Writes records (one JSON object each) under a file name, with a manifest that covers npm, Debian 12 and `generic`.
    init(_ files: [String: [String]], known: [String] = []) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("advisories-" + UUID().uuidString).path
        folder = root + "/data"
        home = root + "/home"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var entries: [String] = []
        for (name, records) in files.sorted(by: { $0.key < $1.key }) {
            entries.append(try write(name, records.joined(separator: "\n"), kind: "osv"))
        }
        entries.append(
            try write(
                "known.json",
                #"{"ids":[\#(known.map { "\"\($0)\"" }.joined(separator: ","))]}"#,
                kind: "knownExploited"
            )
        )
        let coverage = ["npm", "Debian:12", "generic"].map { #"{"ecosystem":"\#($0)","asOf":"2026-01-01"}"# }
        let manifest =
            #"{"format":1,"version":"t","asOf":"2026-01-01","digest":"d","files":[\#(entries.joined(separator: ","))],"coverage":[\#(coverage.joined(separator: ","))]}"#
        try Data(manifest.utf8).write(to: URL(fileURLWithPath: folder + "/manifest.json"))
    }

    private func write(_ name: String, _ text: String, kind: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        return
            #"{"name":"\#(name)","kind":"\#(kind)","records":0,"size":\#(text.utf8.count),"digest":"sha256:0","sources":[]}"#
    }

    func store(kept: Bool = false) throws -> AdvisoryDatabase {
        try AdvisoryDatabase.open(embedded: folder, home: kept ? home : nil)
    }

    func remove() { try? FileManager.default.removeItem(atPath: (folder as NSString).deletingLastPathComponent) }
}

private let npmP = LessonPackages.npm("p", "1.0.0")

private func record(
    _ id: String,
    _ rest: String = "",
    ecosystem: String = "npm",
    name: String = "p",
    fixed: String = "2.0.0"
) -> String {
    #"{"id":"\#(id)","modified":"2026-01-01T00:00:00Z"\#(rest.isEmpty ? "" : "," + rest),"affected":[{"package":{"ecosystem":"\#(ecosystem)","name":"\#(name)"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"\#(fixed)"}]}]}]}"#
}

@Suite("Records that mean the same flaw")
struct DeduplicationTests {
    @Test(
        "Aliases and upstream join records, related never does",
        arguments: rows(
            [
                ([record("GHSA-a", #""aliases":["CVE-2025-1"]"#), record("CVE-2025-1")], [["CVE-2025-1", "GHSA-a"]]),
                // Transitive over a name that no record has as its own.
                (
                    [record("GHSA-a", #""aliases":["X-1"]"#), record("PYSEC-b", #""aliases":["X-1"]"#)],
                    [["GHSA-a", "PYSEC-b", "X-1"]]
                ),
                (
                    [record("GHSA-a", #""related":["CVE-2025-1"]"#), record("CVE-2025-1")],
                    [["CVE-2025-1"], ["GHSA-a"]]
                ),
                ([record("GHSA-a"), record("GHSA-b")], [["GHSA-a"], ["GHSA-b"]]),
                ([record("x_WORKSHOP-0001")], [["x_WORKSHOP-0001"]]),
                ([record("NSWG-COR-1", #""aliases":["GHSA-a"]"#)], [["GHSA-a", "NSWG-COR-1"]]),
            ] as [([String], [[String]])]
        )
    )
    func joins(row: NumberedRow<([String], [[String]])>) throws {
        let (records, expected) = row.value
        let data = try ScratchData(["a.ndjson": records])
        defer { data.remove() }
        let matches = try data.store().match([npmP]).matches
        #expect(matches.map { [$0.id] + $0.aliases }.sorted { $0[0] < $1[0] } == expected)
    }

    @Test("A distribution's advisory for two CVEs stays two findings, joined with what stands for each")
    func severalUpstreams() throws {
        let package = Package(
            type: .deb,
            name: "libcurl4",
            version: "7.0-1",
            origin: .init(name: "curl"),
            distribution: LessonPackages.bookworm,
            foundBy: "test"
        )
        let data = try ScratchData([
            "a.ndjson": [
                record(
                    "DSA-1-1",
                    #""upstream":["CVE-2025-1","CVE-2025-2"]"#,
                    ecosystem: "Debian:12",
                    name: "curl",
                    fixed: "8.0-1"
                ),
                record(
                    "DEBIAN-CVE-2025-1",
                    #""upstream":["CVE-2025-1"],"database_specific":{"severity":"HIGH"}"#,
                    ecosystem: "Debian:12",
                    name: "curl",
                    fixed: "8.0-1"
                ),
                record(
                    "CVE-2025-2",
                    #""database_specific":{"severity":"LOW","severity_source":"curl"}"#,
                    ecosystem: "generic",
                    name: "curl"
                ),
            ]
        ])
        defer { data.remove() }
        let matches = try data.store().match([package]).matches
        #expect(matches.map(\.id) == ["CVE-2025-1", "CVE-2025-2"])
        #expect(matches.map(\.severity) == [.high, .low])
        #expect(matches.map(\.severitySource) == ["Debian", "curl"])
        #expect(matches[0].aliases == ["DEBIAN-CVE-2025-1", "DSA-1-1"])
        #expect(matches[1].aliases == ["DSA-1-1"])
    }

    @Test("Of two records with one id in one file the later one counts")
    func laterWins() throws {
        let early = record("GHSA-a", fixed: "2.0.0")
        let late = record("GHSA-a", fixed: "3.0.0").replacing("2026-01-01", with: "2026-02-01")
        for order in [[early, late], [late, early]] {
            let data = try ScratchData(["a.ndjson": order])
            defer { data.remove() }
            #expect(try data.store().match([npmP]).matches.map(\.fixedVersion) == ["3.0.0"])
        }
    }

    @Test("Exploited and high-profile are found by any name")
    func marks() throws {
        let data = try ScratchData(
            [
                "a.ndjson": [
                    record("GHSA-a", #""aliases":["CVE-2021-44228"]"#), record("GHSA-b", #""aliases":["CVE-2025-7"]"#),
                ]
            ],
            known: ["CVE-2025-7"]
        )
        defer { data.remove() }
        let matches = try data.store().match([npmP]).matches
        #expect(matches.map(\.isHighProfile) == [true, false])
        #expect(matches.map(\.isKEV) == [false, true])
    }
}

@Suite("The choice of a severity")
struct SeverityChoiceTests {
    private static let high31 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"

    @Test(
        "Word before vector, 4.0 before 3.1 before 2.0, nothing invented",
        arguments: [
            // Heartbleed: v2 5.0, v3.1 7.5.
            (
                #""severity":[{"type":"CVSS_V2","score":"AV:N/AC:L/Au:N/C:P/I:N/A:N"},{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}]"#,
                VulnerabilitySeverity.high, 7.5, "NVD (CVSS 3.1)"
            ),
            (#""severity":[{"type":"CVSS_V2","score":"AV:N/AC:L/Au:N/C:P/I:N/A:N"}]"#, .medium, 5.0, "NVD (CVSS 2.0)"),
            // qs CVE-2025-15284: v3.1 3.7, v4.0 6.3.
            (
                #""severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:L"},{"type":"CVSS_V4","score":"CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:N/VI:N/VA:L/SC:N/SI:N/SA:N"}]"#,
                .medium, 6.3, "NVD (CVSS 4.0)"
            ),
            // cookie: the word LOW beside 6.9.
            (
                #""severity":[{"type":"CVSS_V4","score":"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:N/SC:N/SI:N/SA:N"}],"database_specific":{"severity":"LOW","severity_source":"GitHub"}"#,
                .low, 6.9, "GitHub"
            ),
            // CVE-2024-5535 and axios: the word wins in both directions.
            (
                #""severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:H"}],"database_specific":{"severity":"Low","severity_source":"OpenSSL"}"#,
                .low, 9.1, "OpenSSL"
            ),
            (
                #""severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:L/I:N/A:N"}],"database_specific":{"severity":"HIGH","severity_source":"GitHub"}"#,
                .high, 4.0, "GitHub"
            ),
            (#""database_specific":{"severity":"MODERATE"}"#, .medium, nil, "NVD"),
            (#""database_specific":{"severity":"unknown"}"#, .unspecified, nil, "none"),
            (#""severity":[{"type":"CVSS_V3","score":"garbage"}]"#, .unspecified, nil, "none"),
            (
                #""severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"}]"#,
                .unspecified, 0.0, "none"
            ),
            ("", .unspecified, nil, "none"),
        ] as [(String, VulnerabilitySeverity, Double?, String)]
    )
    func choice(rest: String, severity: VulnerabilitySeverity, score: Double?, source: String) throws {
        let data = try ScratchData(["a.ndjson": [record("CVE-2025-1", rest)]])
        defer { data.remove() }
        let match = try #require(try data.store().match([npmP]).matches.first)
        #expect(match.severity == severity)
        #expect(match.score == score)
        #expect(match.severitySource == source)
    }

    @Test(
        "Debian's urgency counts when it rates, then others do",
        arguments: [
            ("low", VulnerabilitySeverity.low, "Debian"), ("medium**", .medium, "Debian"), ("high*", .high, "Debian"),
            ("unimportant", .low, "Debian"), ("not yet assigned", .critical, "GitHub"),
            ("end-of-life", .critical, "GitHub"),
        ]
    )
    func urgency(word: String, severity: VulnerabilitySeverity, source: String) throws {
        let debian = record("DEBIAN-CVE-2025-1", #""upstream":["CVE-2025-1"]"#, ecosystem: "Debian:12").replacing(
            #""name":"p"},"#,
            with: #""name":"p"},"ecosystem_specific":{"urgency":"\#(word)"},"#
        )
        let other = record("GHSA-a", #""aliases":["CVE-2025-1"],"database_specific":{"severity":"CRITICAL"}"#)
        let data = try ScratchData(["a.ndjson": [debian, other]])
        defer { data.remove() }
        let package = Package(
            type: .deb,
            name: "p",
            version: "1.0",
            distribution: LessonPackages.bookworm,
            foundBy: "test"
        )
        let match = try #require(try data.store().match([package]).matches.first)
        #expect(match.severity == severity)
        #expect(match.severitySource == source)
    }

    @Test("A word without a score borrows the score of another source beside it")
    func borrowedScore() throws {
        let data = try ScratchData([
            "a.ndjson": [
                record("GHSA-a", #""aliases":["CVE-2025-1"],"database_specific":{"severity":"LOW"}"#),
                record(
                    "CVE-2025-1",
                    #""severity":[{"type":"CVSS_V3","score":"\#(Self.high31)"}]"#,
                    ecosystem: "generic",
                    name: "q"
                ),
            ]
        ])
        defer { data.remove() }
        let match = try #require(try data.store().match([npmP]).matches.first)
        #expect(match.severity == .low && match.score == 7.5 && match.vector == Self.high31)
    }

    @Test(
        "Words of every source are read, others are none",
        arguments: [
            ("CRITICAL", VulnerabilitySeverity.critical), ("Important", .high), ("moderate", .medium),
            ("negligible", .low), ("unspecified", .unspecified),
            ("", nil), ("none", nil), ("HIGHER", nil), ("****", nil),
        ] as [(String, VulnerabilitySeverity?)]
    )
    func words(word: String, expected: VulnerabilitySeverity?) {
        #expect(VulnerabilitySeverity(word: word) == expected)
    }
}

@Suite("The advisory database")
struct AdvisoryStoreTests {
    private func databasePath(_ data: ScratchData) -> String { data.home + "/advisories.sqlite" }

    @Test("It is built once, kept, and opened for reading the next time")
    func isKept() throws {
        let data = try ScratchData(["a.ndjson": [record("GHSA-a"), "broken"]])
        defer { data.remove() }
        #expect(try data.store(kept: true).warnings.count == 1)
        let first = try FileManager.default.attributesOfItem(atPath: databasePath(data))[.modificationDate] as? Date
        let second = try data.store(kept: true)
        #expect(second.warnings.isEmpty)
        #expect(try second.match([npmP]).matches.count == 1)
        #expect(
            try FileManager.default.attributesOfItem(atPath: databasePath(data))[.modificationDate] as? Date == first
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: data.home) == ["advisories.sqlite"])
    }

    @Test("Other data make it anew")
    func isRebuilt() throws {
        let data = try ScratchData(["a.ndjson": [record("GHSA-a")]])
        defer { data.remove() }
        _ = try data.store(kept: true)
        let other = try ScratchData(["a.ndjson": [record("GHSA-b"), record("GHSA-c")]])
        defer { other.remove() }
        let store = try AdvisoryDatabase.open(embedded: other.folder, home: data.home)
        #expect(try store.match([npmP]).matches.map(\.id) == ["GHSA-b", "GHSA-c"])
    }

    @Test(
        "A broken one is built anew, whatever is broken",
        arguments: ["empty", "text", "cut", "zeroed", "folder", "foreign"]
    )
    func isMended(damage: String) throws {
        let data = try ScratchData([
            "a.ndjson": (0..<300).map { record("GHSA-\($0)", #""summary":"\#(String(repeating: "x", count: 200))""#) }
        ])
        defer { data.remove() }
        _ = try data.store(kept: true)
        let path = databasePath(data)
        var bytes = try #require(FileManager.default.contents(atPath: path))
        switch damage {
        case "empty": bytes = Data()
        case "text": bytes = Data("this is no database".utf8)
        case "cut": bytes = bytes.prefix(bytes.count / 2)
        // The first page is whole, what lies behind is not: found only when the records are read.
        case "zeroed": bytes.replaceSubrange(8192..<bytes.count, with: Data(count: bytes.count - 8192))
        case "foreign": bytes = bytes.prefix(4096)
        default: break
        }
        if damage == "folder" {
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        } else {
            try bytes.write(to: URL(fileURLWithPath: path))
        }
        let store = try data.store(kept: true)
        #expect(try store.match([npmP]).matches.count == 300)
        #expect(try data.store(kept: true).match([npmP]).matches.count == 300)
    }

    @Test("Where the home cannot be written it stays in memory and says so")
    func staysInMemory() throws {
        let data = try ScratchData(["a.ndjson": [record("GHSA-a")]])
        defer { data.remove() }
        try Data().write(to: URL(fileURLWithPath: data.home))
        let store = try data.store(kept: true)
        #expect(try store.match([npmP]).matches.count == 1)
        #expect(store.warnings.map(\.rule) == ["advisory-database"])
    }

    @Test("Many at once all get it right")
    func concurrency() async throws {
        let data = try ScratchData(["a.ndjson": [record("GHSA-a")]])
        defer { data.remove() }
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<16 { group.addTask { try data.store(kept: true).match([npmP]).matches.count } }
            for try await count in group { #expect(count == 1) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: data.home) == ["advisories.sqlite"])
    }

    @Test("Data that are missing or cut say what to do", arguments: ["manifest", "file", "size", "json"])
    func badData(damage: String) throws {
        let data = try ScratchData(["a.ndjson": [record("GHSA-a")]])
        defer { data.remove() }
        switch damage {
        case "manifest": try FileManager.default.removeItem(atPath: data.folder + "/manifest.json")
        case "file": try FileManager.default.removeItem(atPath: data.folder + "/a.ndjson")
        case "size": try Data("{}".utf8).write(to: URL(fileURLWithPath: data.folder + "/a.ndjson"))
        default: try Data("{".utf8).write(to: URL(fileURLWithPath: data.folder + "/manifest.json"))
        }
        let failure = #expect(throws: Failure.self) { try data.store(kept: true) }
        #expect(failure?.code == (["manifest", "file"].contains(damage) ? .noInput : .malformedInput))
        #expect(failure?.fix != nil)
    }

    @Test("Records are found by any of their names")
    func lookUp() throws {
        let store = try EmbeddedData.store()
        #expect(try store.records(named: "CVE-2024-45590").map(\.record.id) == ["GHSA-qwcr-r2fm-qrc7"])
        #expect(
            try store.records(named: "CVE-2024-3094").map(\.record.id) == [
                "ALPINE-CVE-2024-3094", "CVE-2024-3094", "DEBIAN-CVE-2024-3094",
            ]
        )
        #expect(try store.records(named: "nothing").isEmpty)
        #expect(try store.isKnownExploited("CVE-2021-44228"))
        #expect(try store.isKnownExploited("CVE-2025-55182"))
        #expect(try !store.isKnownExploited("CVE-2024-3094"))
    }
}
