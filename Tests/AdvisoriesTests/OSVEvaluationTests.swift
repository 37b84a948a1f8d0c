// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@testable import Advisories

@Suite("Evaluation of OSV records")
struct OSVEvaluationTests {
    /// Says whether a version is affected, as `true`, `false` or `?`.
    private func ask(
        _ affected: String,
        _ version: String,
        ecosystem: String = "npm",
        name: String = "p",
        extra: String = ""
    ) throws -> String {
        let text = #"{"id":"x_WORKSHOP-0001","modified":"2026-01-01T00:00:00Z","affected":\#(affected)\#(extra)}"#
        let record = try #require(OSVReader.record(Array(text.utf8)).record)
        return switch record.evaluate(ecosystem: Ecosystem(ecosystem), name: name, version: version) {
        case .affected: "true"
        case .notAffected: "false"
        case .undecided: "?"
        }
    }

    private func range(_ events: String, type: String = "SEMVER", ecosystem: String = "npm", versions: String = "[]")
        -> String
    {
        #"[{"package":{"ecosystem":"\#(ecosystem)","name":"p"},"ranges":[{"type":"\#(type)","events":[\#(events)]}],"versions":\#(versions)}]"#
    }

    @Test(
        "Events decide as the schema's algorithm says",
        arguments: [
            // A plain pair, its ends.
            (
                #"{"introduced":"1.0.0"},{"fixed":"1.0.2"}"#,
                ["0.9.9": "false", "1.0.0": "true", "1.0.1": "true", "1.0.2": "false"]
            ),
            (
                #"{"introduced":"0"},{"fixed":"1.0.2"}"#,
                ["0.0.0-alpha": "true", "1.0.2-rc.1": "true", "1.0.2": "false"]
            ),
            // Unsorted, and several pairs in one array.
            (#"{"fixed":"1.0.2"},{"introduced":"1.0.0"}"#, ["1.0.1": "true", "1.0.2": "false"]),
            (
                #"{"introduced":"3.0.0"},{"fixed":"2.1.0"},{"introduced":"0"},{"fixed":"3.2.0"}"#,
                ["1.0.0": "true", "2.5.0": "false", "3.1.0": "true", "3.2.0": "false"]
            ),
            // Open end.
            (#"{"introduced":"2.0.0"}"#, ["1.9.9": "false", "99.0.0": "true"]),
            // The last affected version, alone and with a later pair.
            (
                #"{"introduced":"1.0.0"},{"last_affected":"1.0.5"}"#,
                ["1.0.5": "true", "1.0.6-alpha": "false", "1.0.5+build": "true", "1.0.6": "false"]
            ),
            (
                #"{"introduced":"19.0.0"},{"last_affected":"19.0.0"},{"introduced":"19.1.0"},{"last_affected":"19.1.1"}"#,
                ["18.9.9": "false", "19.0.0": "true", "19.0.1": "false", "19.1.1": "true", "19.1.2": "false"]
            ),
            // An empty interval.
            (#"{"introduced":"1.0.0"},{"fixed":"1.0.0"}"#, ["0.9.0": "false", "1.0.0": "false", "1.0.1": "false"]),
            (#"{"fixed":"1.0.0"},{"introduced":"1.0.0"}"#, ["1.0.0": "false", "1.0.1": "false"]),
            // A fix and the next introduction at the same version: the fix counts first.
            (
                #"{"introduced":"1.0.0"},{"fixed":"2.0.0"},{"introduced":"2.0.0"},{"fixed":"3.0.0"}"#,
                ["1.5.0": "true", "2.0.0": "true", "2.5.0": "true", "3.0.0": "false"]
            ),
            // Limits: before any one of them.
            (#"{"introduced":"0"},{"limit":"2.0.0"}"#, ["1.9.9": "true", "2.0.0": "false", "3.0.0": "false"]),
            (#"{"introduced":"0"},{"limit":"2.0.0"},{"limit":"4.0.0"}"#, ["3.0.0": "true", "4.0.0": "false"]),
            (#"{"introduced":"0"},{"limit":"*"}"#, ["99.0.0": "true"]),
            (#"{"introduced":"0"},{"limit":"*"},{"limit":"1.0.0"}"#, ["99.0.0": "true"]),
            // Rules broken: nothing introduces, nothing at all, both ends.
            (#"{"fixed":"1.0.0"}"#, ["0.5.0": "false", "1.0.0": "false"]),
            ("", ["1.0.0": "false"]),
            (
                #"{"introduced":"1.0.0"},{"fixed":"1.5.0"},{"last_affected":"1.3.0"}"#,
                ["1.2.0": "true", "1.4.0": "false"]
            ),
            (#"{"introduced":"0"},{"introduced":"0"},{"fixed":"1.0.0"}"#, ["0.5.0": "true", "1.0.0": "false"]),
            // Numbers beyond any integer.
            (
                #"{"introduced":"0"},{"fixed":"99999999999999999999999.0.0"}"#,
                ["1.0.0": "true", "99999999999999999999998.9.9": "true", "99999999999999999999999.0.0": "false"]
            ),
            // The SemVer prerelease order, and a leading v.
            (
                #"{"introduced":"5.0.0-alpha.1"},{"fixed":"5.0.0"}"#,
                [
                    "5.0.0-alpha.0": "false", "5.0.0-alpha.1": "true", "5.0.0-beta.3": "true", "5.0.0": "false",
                    "4.9.9": "false",
                ]
            ),
            (
                #"{"introduced":"1.4.4-lts.1"},{"fixed":"2.0.0"}"#,
                ["1.4.4": "true", "1.4.4-lts.0": "false", "v1.4.5-lts.1": "true"]
            ),
        ]
    )
    func events(events: String, expected: [String: String]) throws {
        for (version, answer) in expected.sorted(by: { $0.key < $1.key }) {
            #expect(try ask(range(events), version) == answer, "\(events) \(version)")
            #expect(try ask(range(events, type: "ECOSYSTEM"), version) == answer, "ecosystem \(events) \(version)")
        }
    }

    @Test("Listed versions are compared as text, with and without ranges")
    func versions() throws {
        let both = range(#"{"introduced":"1.0.0"},{"fixed":"1.0.2"}"#, versions: #"["3.0.0"]"#)
        #expect(try ask(both, "3.0.0") == "true")
        #expect(try ask(both, "1.0.1") == "true")
        #expect(try ask(both, "3.0") == "false")
        let only = #"[{"package":{"ecosystem":"npm","name":"p"},"versions":["2.0.0"]}]"#
        #expect(try ask(only, "2.0.0") == "true")
        #expect(try ask(only, "2.0.1") == "false")
    }

    @Test("Several entries for one package, and several ranges, are any of them")
    func anyEntry() throws {
        let text =
            range(#"{"introduced":"1.0.0"},{"fixed":"1.1.0"}"#).dropLast()
            + "," + range(#"{"introduced":"2.0.0"},{"fixed":"2.1.0"}"#).dropFirst()
        for (version, answer) in [("1.0.5", "true"), ("1.5.0", "false"), ("2.0.5", "true"), ("2.1.0", "false")] {
            #expect(try ask(String(text), version) == answer)
        }
    }

    @Test("Withdrawn records and records of nothing touch nothing")
    func nothing() throws {
        let all = range(#"{"introduced":"0"}"#)
        #expect(try ask(all, "1.0.0", extra: #","withdrawn":"2026-02-01T00:00:00Z""#) == "false")
        #expect(try ask(all, "1.0.0", extra: #","withdrawn":null"#) == "true")
        #expect(try ask("[]", "1.0.0") == "false")
        #expect(try ask("null", "1.0.0") == "false")
        #expect(try ask(all, "1.0.0", name: "other") == "false")
        #expect(try ask(all, "1.0.0", ecosystem: "PyPI") == "false")
        #expect(try ask(#"[{"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]"#, "1.0.0") == "false")
    }

    @Test("Commits, unknown types and versions that cannot be compared are undecided, not clean")
    func undecided() throws {
        #expect(try ask(range(#"{"introduced":"0"},{"fixed":"abc"}"#, type: "GIT"), "1.0.0") == "?")
        #expect(try ask(range(#"{"introduced":"0"}"#, type: "GIT", versions: #"["1.0.0"]"#), "1.0.0") == "true")
        #expect(try ask(range(#"{"introduced":"0"}"#, type: "GIT", versions: #"["1.0.0"]"#), "1.0.1") == "false")
        #expect(try ask(range(#"{"introduced":"0"}"#, type: "NEWER"), "1.0.0") == "?")
        // Beside a range of versions, commits are passed over.
        let both =
            #"[{"package":{"ecosystem":"npm","name":"p"},"ranges":[{"type":"GIT","events":[{"introduced":"0"}]},{"type":"SEMVER","events":[{"introduced":"1.0.0"},{"fixed":"2.0.0"}]}]}]"#
        #expect(try ask(both, "1.5.0") == "true")
        #expect(try ask(both, "2.0.0") == "false")
        let unknown = range(#"{"introduced":"0"}"#, type: "ECOSYSTEM", ecosystem: "purl-type:swift")
        #expect(try ask(unknown, "1.0.0", ecosystem: "purl-type:swift") == "?")
        let semantic = range(#"{"introduced":"0"},{"fixed":"2.0.0"}"#, ecosystem: "purl-type:swift")
        #expect(try ask(semantic, "1.0.0", ecosystem: "purl-type:swift") == "true")
    }

    @Test(
        "A version that is not quite one of its ecosystem has a place all the same",
        arguments: [
            ("npm", "v1.5", "true"), ("npm", "2", "false"), ("npm", "not a version", "true"),
            ("Alpine:v3.22", "1.4p1-r0", "true"),
            ("Alpine:v3.22", "2.4p1-r0", "false"), ("PyPI", "1.0-beta.x", "true"), ("Packagist", "1.5-3RC1", "true"),
            ("Packagist", "dev-main", "true"), ("RubyGems", "1alpha", "true"), ("RubyGems", "2alpha", "true"),
            ("RubyGems", "3alpha", "false"), ("Red Hat:9", "1-", "true"), ("Debian:12", "a1", "false"),
            ("Maven", "1 5", "true"),
            ("NuGet", "v1.9.9.9", "true"), ("Go", "1.9.9.9", "true"),
        ]
    )
    func oddVersions(ecosystem: String, version: String, expected: String) throws {
        let affected = range(#"{"introduced":"0"},{"fixed":"2"}"#, type: "ECOSYSTEM", ecosystem: ecosystem)
        #expect(try ask(affected, version, ecosystem: ecosystem) == expected)
    }

    @Test(
        "Releases of a distribution are kept apart; a record without release speaks of all",
        arguments: [
            ("Debian:12", "Debian:12", true), ("Debian:12", "Debian:11", false), ("Debian", "Debian:11", true),
            ("Debian:12", "Debian", false), ("Alpine:v3.22", "Alpine:v3.22", true),
            ("Alpine:v3.2", "Alpine:v3.22", false),
            ("Ubuntu:24.04:LTS", "Ubuntu:24.04", true), ("Ubuntu:24.04", "Ubuntu:24.04:LTS", true),
            ("Ubuntu:Pro:24.04:LTS", "Ubuntu:24.04", false), ("Maven:https://repo.example.org", "Maven", true),
            ("npm", "npm", true), ("NPM", "npm", false), ("DHI", "Docker Hardened Images", true),
        ]
    )
    func releases(record: String, target: String, expected: Bool) {
        #expect(Ecosystem(record).covers(Ecosystem(target)) == expected)
    }

    @Test(
        "Names are compared as the ecosystem compares them",
        arguments: [
            ("npm", "Axios", "axios", "true"), ("PyPI", "Flask_Login", "flask-login", "true"),
            ("PyPI", "zope.interface", "Zope--Interface", "true"),
            ("npm", "a-b", "a_b", "false"),
        ]
    )
    func names(ecosystem: String, record: String, package: String, expected: String) throws {
        let affected = #"[{"package":{"ecosystem":"\#(ecosystem)","name":"\#(record)"},"versions":["1.0.0"]}]"#
        #expect(try ask(affected, "1.0.0", ecosystem: ecosystem, name: package) == expected)
    }

    @Test(
        "Debian and Alpine versions go by their own order",
        arguments: [
            ("Debian:12", "3.0.19-1~deb12u2", "3.0.19-1~deb12u1", "true"),
            ("Debian:12", "3.0.19-1~deb12u2", "3.0.19-1", "false"),
            ("Debian:12", "1:2.39.5-0+deb12u3", "1:2.39.5-0+deb12u2", "true"),
            ("Debian:12", "5.4.1-1", "5.4.1-0.2", "true"),
            ("Alpine:v3.22", "1.37.0-r20", "1.37.0-r19", "true"), ("Alpine:v3.22", "1.37.0-r20", "1.37.0-r20", "false"),
            ("Alpine:v3.22", "3.5.4-r0", "3.5.4_rc1-r0", "true"),
        ]
    )
    func distributions(ecosystem: String, fixed: String, version: String, expected: String) throws {
        let affected = range(#"{"introduced":"0"},{"fixed":"\#(fixed)"}"#, type: "ECOSYSTEM", ecosystem: ecosystem)
        #expect(try ask(affected, version, ecosystem: ecosystem) == expected)
    }

    @Test("What only the publisher may read changes no answer, but for our own ecosystem")
    func specifics() throws {
        let entry = { (ecosystem: String) in
            #"[{"package":{"ecosystem":"\#(ecosystem)","name":"p"},"versions":["1.0.0"],"ecosystem_specific":{"environments":["win32"]}}]"#
        }
        #expect(try ask(entry("npm"), "1.0.0") == "true")
        #expect(try ask(entry("generic"), "1.0.0", ecosystem: "generic") == "false")
    }

    @Test("The stretch that a version lies in is told as Scout tells it")
    func stretches() {
        typealias Event = OSVRange.Event
        let range = OSVRange(
            type: .semver,
            events: [
                Event(.introduced, "0"), Event(.fixed, "1.2.3"), Event(.introduced, "2.0.0"), Event(.fixed, "2.1.0"),
                Event(.introduced, "3.0.0"), Event(.lastAffected, "3.5.0"), Event(.introduced, "4.0.0"),
            ]
        )
        for (version, text) in [
            ("1.0.0", "<1.2.3"), ("2.0.0", ">=2.0.0,<2.1.0"), ("3.0.0", ">=3.0.0,<=3.5.0"),
            ("3.5.0", ">=3.0.0,<=3.5.0"),
            ("9.0.0", ">=4.0.0"),
        ] {
            guard case .affected(let stretch) = range.evaluate(version, ecosystemOrder: nil) else {
                Issue.record("\(version) is affected")
                continue
            }
            #expect(stretch.text == text)
        }
    }

    @Test("A range never answers differently for its events in another order")
    func orderOfEvents() throws {
        typealias Event = OSVRange.Event
        let events = [
            Event(.introduced, "0"), Event(.fixed, "1.0.0"), Event(.introduced, "2.0.0"), Event(.fixed, "2.5.0"),
        ]
        for rotation in 0..<events.count {
            let turned = Array(events[rotation...] + events[..<rotation])
            for version in ["0.5.0", "1.0.0", "1.5.0", "2.0.0", "2.4.9", "2.5.0", "3.0.0"] {
                let one = OSVRange(type: .semver, events: events).evaluate(version, ecosystemOrder: nil)
                #expect(OSVRange(type: .semver, events: turned).evaluate(version, ecosystemOrder: nil) == one)
            }
        }
    }
}

@Suite("Reading OSV records")
struct OSVReaderTests {
    @Test("A bad record is left out by name, the others are read")
    func badRecords() {
        let text = """
            {"id":"A-1","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"a"},"versions":["1"]}]}
            {"modified":"2026-01-01T00:00:00Z"}
            not json

            [1,2]
            {"id":"A-2","affected":[{"package":{"ecosystem":"npm","name":"a"},"ranges":[{"type":"SEMVER","events":[]}]}]}
            {"id":"A-3","modified":"0001-01-01T00:00:00Z","references":[{"type":"WEB","url":""}]}
            {"id":"A-4","affected":[{"package":{"ecosystem":"npm","name":"a"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0","fixed":"1.0.0"}]}]}]}
            """
        let result = OSVReader.read(Array(text.utf8), file: "f.ndjson")
        #expect(result.records.map(\.id) == ["A-1", "A-2", "A-3", "A-4"])
        #expect(result.warnings.map { $0.range?.start.line } == [2, 3, 5, 6, 7, 8])
        #expect(result.warnings.suffix(3).map { String($0.message.prefix(3)) } == ["A-2", "A-3", "A-4"])
        #expect(result.warnings.allSatisfy { $0.severity == .warning && $0.file == "f.ndjson" })
        // Two events in one object are read as two.
        #expect(result.records.last?.affected.first?.ranges.first?.events.count == 2)
    }

    @Test("One object over many lines and an array of records are read")
    func wholeTexts() {
        let pretty = "{\n  \"id\": \"A-1\",\n  \"affected\": []\n}\n"
        #expect(OSVReader.read(Array(pretty.utf8), file: "f").records.map(\.id) == ["A-1"])
        let list = "[\n{\"id\":\"A-1\"},\n{\"id\":\"A-2\"}\n]"
        #expect(OSVReader.read(Array(list.utf8), file: "f").records.map(\.id) == ["A-1", "A-2"])
    }

    @Test(
        "Names for the same flaw are found where each age of the schema wrote them",
        arguments: [
            (#"{"id":"DEBIAN-CVE-2025-1","upstream":["CVE-2025-1"]}"#, ["CVE-2025-1", "DEBIAN-CVE-2025-1"]),
            (#"{"id":"DSA-1-1","related":["CVE-2025-1","CVE-2025-2"]}"#, ["CVE-2025-1", "CVE-2025-2", "DSA-1-1"]),
            (#"{"id":"DEBIAN-CVE-2025-1"}"#, ["CVE-2025-1", "DEBIAN-CVE-2025-1"]),
            (#"{"id":"GHSA-1","related":["CVE-2025-1"]}"#, ["GHSA-1"]),
            (#"{"id":"GHSA-1","aliases":["CVE-2025-1"],"related":["CVE-2025-9"]}"#, ["CVE-2025-1", "GHSA-1"]),
            (#"{"id":"GHSA-1","aliases":"CVE-2025-1"}"#, ["CVE-2025-1", "GHSA-1"]),
        ]
    )
    func identifiers(text: String, expected: [String]) throws {
        #expect(try #require(OSVReader.record(Array(text.utf8)).record).identifiers == expected)
    }
}
