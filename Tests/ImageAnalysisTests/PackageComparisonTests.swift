// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Packages
import SeaworthyTestSupport
import Testing

@testable import ImageAnalysis

@Suite("An attested list beside what the files show")
struct PackageComparisonTests {
    static func package(_ name: String, _ licenses: [String], _ type: PackageType = .npm, version: String = "1.0.0")
        -> Package
    {
        Package(type: type, name: name, version: version, licenses: licenses, foundBy: "test")
    }

    struct Row: Sendable {
        let found: [String]
        let attested: [String]
        let union: [String]
        let rules: [String]
    }

    @Test(
        "Licences of both are evidence; where they differ all of them count, and it is said",
        arguments: rows([
            Row(found: [], attested: ["AGPL-3.0-only"], union: ["AGPL-3.0-only"], rules: []),
            Row(found: ["MIT"], attested: [], union: ["MIT"], rules: []),
            Row(found: [], attested: [], union: [], rules: []),
            Row(found: ["MIT"], attested: ["MIT"], union: ["MIT"], rules: []),
            Row(found: ["GPL-2+"], attested: ["GPL-2.0-or-later"], union: ["GPL-2+"], rules: []),
            Row(found: ["MIT", "ISC"], attested: ["ISC AND MIT"], union: ["MIT", "ISC"], rules: []),
            Row(
                found: ["MIT"],
                attested: ["AGPL-3.0-only"],
                union: ["MIT", "AGPL-3.0-only"],
                rules: ["sbom-licenses"]
            ),
            Row(
                found: ["AGPL-3.0-only"],
                attested: ["MIT"],
                union: ["AGPL-3.0-only", "MIT"],
                rules: ["sbom-licenses"]
            ),
            Row(found: ["NOASSERTION"], attested: ["MIT"], union: ["NOASSERTION", "MIT"], rules: []),
            Row(found: ["MIT"], attested: ["NOASSERTION"], union: ["MIT"], rules: []),
        ])
    )
    func licenses(row: NumberedRow<Row>) {
        let comparison = PackageComparison(
            attested: [Self.package("x", row.value.attested)],
            found: [Self.package("x", row.value.found)]
        )
        #expect(comparison.union.map(\.licenses) == [row.value.union])
        #expect(comparison.findings.map(\.rule) == row.value.rules)
    }

    @Test("A package is one however its ecosystem lets it be written")
    func spelling() {
        for (found, attested, type, count) in [
            ("Ruamel_Yaml", "ruamel-yaml", PackageType.pypi, 1), ("Foo", "foo", .npm, 1), ("foo", "bar", .npm, 2),
        ] {
            let comparison = PackageComparison(
                attested: [Self.package(attested, [], type)],
                found: [Self.package(found, [], type)]
            )
            #expect(comparison.union.count == count)
            #expect(comparison.findings.isEmpty == (count == 1))
        }
    }

    @Test("Another version is another package, and both are judged")
    func versions() {
        let comparison = PackageComparison(
            attested: [Self.package("x", [], version: "2.0.0")],
            found: [Self.package("x", [], version: "1.0.0")]
        )
        #expect(comparison.union.map(\.version) == ["1.0.0", "2.0.0"])
        #expect(comparison.findings.map(\.rule) == ["sbom-incomplete", "sbom-surplus"])
    }
}
