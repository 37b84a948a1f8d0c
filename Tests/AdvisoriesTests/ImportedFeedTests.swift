// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Packages
import Testing

@testable import Advisories

@Suite("Imported advisory feeds")
struct ImportedFeedTests {
    private let packages = [LessonPackages.npm("body-parser", "1.20.2"), LessonPackages.npm("made-up", "1.0.0")]

    private func record(_ id: String, modified: String, name: String, fixed: String) -> String {
        #"{"id":"\#(id)","modified":"\#(modified)","affected":[{"package":{"ecosystem":"npm","name":"\#(name)"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"\#(fixed)"}]}]}]}"#
    }

    private func home() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("home-" + UUID().uuidString).path
    }

    private func match(_ home: String) throws -> MatchReport {
        try AdvisoryDatabase.open(embedded: EmbeddedData.folder, home: home).match(packages)
    }

    @Test("Records are added, take the place of older ones with their id, and go away again")
    func addAndRemove() throws {
        let home = home()
        defer { try? FileManager.default.removeItem(atPath: home) }
        let before = try match(home)
        #expect(before.matches.first { $0.aliases.contains("GHSA-qwcr-r2fm-qrc7") }?.fixedVersion == "1.20.3")
        let text = [
            record("GHSA-qwcr-r2fm-qrc7", modified: "2027-01-01T00:00:00Z", name: "body-parser", fixed: "1.20.9"),
            record("GHSA-new", modified: "2027-01-02T00:00:00Z", name: "made-up", fixed: "1.0.1"), "broken",
        ].joined(separator: "\n")
        let (feed, warnings) = try ImportedFeed.add(
            [("x.ndjson", Array(text.utf8))],
            as: "my feed",
            home: home,
            today: "2027-01-03"
        )
        #expect(feed.name == "my_feed" && feed.records == 2 && feed.asOf == "2027-01-02" && feed.ecosystems.isEmpty)
        #expect(warnings.count == 1)
        let after = try match(home)
        #expect(
            after.matches.first { ([$0.id] + $0.aliases).contains("GHSA-qwcr-r2fm-qrc7") }?.fixedVersion == "1.20.9"
        )
        #expect(after.matches.contains { $0.id == "GHSA-new" })
        #expect(after.dataSet.version == "2026.11.25+my_feed@2027-01-02")
        #expect(ImportedFeed.remove("my_feed", home: home))
        #expect(!ImportedFeed.remove("my_feed", home: home))
        #expect(try match(home) == before)
    }

    @Test("An older record with the same id changes nothing")
    func older() throws {
        let home = home()
        defer { try? FileManager.default.removeItem(atPath: home) }
        let text = record("GHSA-qwcr-r2fm-qrc7", modified: "2020-01-01T00:00:00Z", name: "body-parser", fixed: "9.9.9")
        _ = try ImportedFeed.add([("x.json", Array(text.utf8))], as: "old", home: home, today: "2027-01-03")
        #expect(try match(home).matches.first { $0.aliases.contains("GHSA-qwcr-r2fm-qrc7") }?.fixedVersion == "1.20.3")
    }

    @Test("CISA's catalog marks what is exploited")
    func catalog() throws {
        let home = home()
        defer { try? FileManager.default.removeItem(atPath: home) }
        let text =
            #"{"title":"t","catalogVersion":"2027.01.01","count":1,"vulnerabilities":[{"cveID":"CVE-2024-45590","notes":"a\/b"}]}"#
        let (feed, _) = try ImportedFeed.add(
            [("kev.json", Array(text.utf8))],
            as: "kev",
            home: home,
            today: "2027-01-03"
        )
        #expect(feed.kind == .knownExploited && feed.records == 1 && feed.asOf == "2027.01.01")
        #expect(try match(home).matches.first { $0.id == "CVE-2024-45590" }?.isKEV == true)
    }

    @Test("A dump is data about its whole ecosystem, a few records are not")
    func coverage() throws {
        let home = home()
        defer { try? FileManager.default.removeItem(atPath: home) }
        let package = Package(type: .pypi, name: "flask", version: "3.0.0", foundBy: "test")
        let records = (0..<100).map { index in
            record("PYSEC-\(index)", modified: "2027-01-01T00:00:00Z", name: "p\(index)", fixed: "1.0").replacing(
                "npm",
                with: "PyPI"
            )
        }
        for (count, gaps) in [(99, 1), (100, 0)] {
            _ = try ImportedFeed.add(
                [("x", Array(records.prefix(count).joined(separator: "\n").utf8))],
                as: "pypi",
                home: home,
                today: "2027-01-03"
            )
            let report = try AdvisoryDatabase.open(embedded: EmbeddedData.folder, home: home).match([package])
            #expect(report.gaps.count == gaps)
        }
    }

    @Test(
        "What holds no record is refused, and nothing is kept",
        arguments: ["", "hello", "[]", "{}", "{\"affected\":[]}"]
    )
    func refused(text: String) {
        let home = home()
        let failure = #expect(throws: Failure.self) {
            try ImportedFeed.add([("x", Array(text.utf8))], as: "x", home: home, today: "2027-01-03")
        }
        #expect(failure?.code == .malformedInput)
        #expect(!FileManager.default.fileExists(atPath: home))
    }

    @Test(
        "Names become safe file names",
        arguments: [
            ("../../etc/passwd", "feed.._.._etc_passwd"), ("", "feed"), ("a b/c", "a_b_c"), ("é", "__"),
            (".hidden", "feed.hidden"),
        ]
    )
    func names(name: String, expected: String) {
        #expect(ImportedFeed.sanitised(name) == expected)
    }
}
