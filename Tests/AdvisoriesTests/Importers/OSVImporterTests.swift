// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@testable import Advisories

extension OSVImporter: SampledImporter {
    static let sample =
        #"{"id":"X-1","modified":"2027-01-02T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"a"},"#
        + #""ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"}]}]}]}"#
}

@Suite("The OSV importer")
struct OSVImporterTests {
    static let forms: [(title: String, text: String, count: Int, warnings: Int)] = [
        ("one object", OSVImporter.sample, 1, 0), ("an array", "[\(OSVImporter.sample),\(OSVImporter.sample)]", 2, 0),
        ("a line each", "\(OSVImporter.sample)\n\n\(OSVImporter.sample)\n", 2, 0),
        ("a broken line between", "\(OSVImporter.sample)\n{\n\(OSVImporter.sample)", 2, 1),
        ("a record without an id", "\(OSVImporter.sample)\n{\"modified\":\"\"}", 1, 1),
    ]

    @Test("reads objects, arrays and lines, and warns of what it leaves out", arguments: forms.map(\.title))
    func reads(title: String) throws {
        let form = try #require(Self.forms.first { $0.title == title })
        var warnings: [Finding] = []
        let file = FeedFile(name: "feed", bytes: Array(form.text.utf8))
        let records = OSVImporter().records(in: [file], warnings: &warnings)
        #expect(records?.count == form.count && warnings.count == form.warnings)
        #expect(records?.kind == .osv && records?.asOf == "2027-01-02")
        #expect(records?.ecosystems == ["npm": form.count])
        #expect(records?.bytes.count { $0 == 0x0A } == form.count)
    }
}
