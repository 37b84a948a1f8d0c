// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import SeaworthyTestSupport
import Testing

@testable import Advisories

/// What the test file of an importer adds to it, so that the suite here can try it.
protocol SampledImporter: AdvisoryImporter {
    /// A feed with exactly one record, in this importer's form and in no other one's.
    static var sample: String { get }
}

/// What every importer promises.
@Suite("Every advisory importer")
struct AdvisoryImporterTests {
    static let names = AdvisoryImporterRegistry.all.map(\.name)

    private func importer(_ name: String) throws -> any SampledImporter {
        let importer = try #require(AdvisoryImporterRegistry.all.first { $0.name == name })
        return try #require(importer as? any SampledImporter)
    }

    private func read(_ importer: any AdvisoryImporter, _ bytes: [UInt8]) -> ImportedRecords? {
        var warnings: [Finding] = []
        return importer.records(in: [FeedFile(name: "feed", bytes: bytes)], warnings: &warnings)
    }

    @Test("stands in the registry once, in a file of its name, with a test file of its name and a sample in it")
    func registered() throws {
        let types = AdvisoryImporterRegistry.all.map { String(describing: type(of: $0)) }.sorted()
        #expect(try Checkout.names(in: "Sources/Advisories/Import/Importers", endingIn: ".swift") == types)
        #expect(try Checkout.names(in: "Tests/AdvisoriesTests/Importers", endingIn: "Tests.swift") == types)
        #expect(Set(Self.names).count == Self.names.count)
        for name in Self.names { _ = try importer(name) }
    }

    @Test("reads its sample, and no importer before it takes that", arguments: names)
    func reads(name: String) throws {
        let importer = try importer(name)
        let bytes = Array(type(of: importer).sample.utf8)
        let records = try #require(read(importer, bytes))
        #expect(records.count == 1 && !records.bytes.isEmpty)
        #expect(records == read(importer, bytes))
        let first = AdvisoryImporterRegistry.all.first { read($0, bytes) != nil }
        #expect(first?.name == name)
    }

    @Test("makes of its sample what the database reads", arguments: names)
    func translates(name: String) throws {
        let importer = try importer(name)
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("home-" + UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: home) }
        let (feed, warnings) = try ImportedFeed.add(
            [("feed", Array(type(of: importer).sample.utf8))],
            as: "sample",
            home: home,
            today: "2027-01-03"
        )
        #expect(feed.records == 1 && warnings.isEmpty)
        let database = try AdvisoryDatabase.open(embedded: EmbeddedData.folder, home: home)
        #expect(database.feeds == [feed])
        #expect(database.warnings.isEmpty)
    }

    static let hostile: [(title: String, bytes: [UInt8])] = [
        ("nothing", []), ("a zero byte", [0]), ("no UTF-8", [0xFF, 0xFE, 0x7B]), ("an open brace", Array("{".utf8)),
        ("an empty object", Array("{}".utf8)), ("an empty array", Array("[]".utf8)), ("a number", Array("7".utf8)),
        ("deep nesting", Array(repeating: UInt8(ascii: "["), count: 100_000)),
        ("wrong types", Array(#"{"id":7,"catalogVersion":[],"vulnerabilities":{},"affected":3}"#.utf8)),
    ]

    @Test("says no to what is in no form", arguments: hostile.map(\.title))
    func refuses(title: String) throws {
        let bytes = try #require(Self.hostile.first { $0.title == title }).bytes
        for importer in AdvisoryImporterRegistry.all { #expect(read(importer, bytes) == nil, "\(importer.name)") }
    }

    @Test("survives a sample whose end is missing", arguments: names)
    func truncated(name: String) throws {
        let importer = try importer(name)
        let bytes = Array(type(of: importer).sample.utf8)
        for length in 0..<bytes.count {
            let records = read(importer, Array(bytes.prefix(length)))
            #expect((records?.count ?? 0) <= 1)
        }
    }
}
