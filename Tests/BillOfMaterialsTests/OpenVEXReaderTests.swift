// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Diagnostics
import JSONValues
import SeaworthyTestSupport
import Testing

@testable import BillOfMaterials

@Suite("OpenVEX documents")
struct OpenVEXReaderTests {
    static func document(_ statements: String, more: String = "") -> [UInt8] {
        Array(
            #"{"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://example.org/vex-1","author":"A <a@docker.com>","timestamp":"2026-09-01T10:00:00Z","version":1\#(more),"statements":[\#(statements)]}"#
                .utf8
        )
    }

    @Test("are read with what statements inherit and products consist of")
    func reads() throws {
        let text = """
            {"vulnerability":{"name":"CVE-1","aliases":["GHSA-a"]},"status":"not_affected","justification":"component_not_present",
             "products":[{"@id":"pkg:docker/acme/app@1","hashes":{"sha-256":"ab"},"subcomponents":[{"@id":"pkg:npm/x@1"},{"identifiers":{"purl":"pkg:npm/y"}}]},
                         {"@id":"urn:z","identifiers":{"purl":"pkg:npm/z"}}]},
            {"vulnerability":{"name":"CVE-2"},"status":"under_investigation","timestamp":"2026-10-01T00:00:00+02:00"}
            """
        let read = try OpenVEXReader.read(Self.document(text))
        #expect(read.author == "A <a@docker.com>" && read.id == "https://example.org/vex-1" && read.remarks.isEmpty)
        let first = try #require(read.statements.first)
        #expect(first.vulnerabilities == ["CVE-1", "GHSA-a"])
        #expect(first.status == .notAffected && first.justification == "component_not_present")
        #expect(first.products.map(\.ids) == [["pkg:docker/acme/app@1"], ["urn:z", "pkg:npm/z"]])
        #expect(first.products.first?.subcomponents == [["pkg:npm/x@1"], ["pkg:npm/y"]])
        #expect(first.products.first?.hashes == ["sha-256": "ab"])
        #expect(first.time == Instant(parsing: "2026-09-01T10:00:00Z"))
        #expect(read.statements.last?.time == Instant(parsing: "2026-09-30T22:00:00Z"))
        #expect(read.statements.last?.products.isEmpty == true)
    }

    @Test("are read in the draft's form: names as texts, parts beside the products")
    func draft() throws {
        let text =
            #"{"vulnerability":"CVE-1","products":["pkg:docker/acme/app"],"subcomponents":["pkg:npm/x"],"status":"fixed"}"#
        let read = try OpenVEXReader.read(Self.document(text))
        #expect(read.statements.first?.vulnerabilities == ["CVE-1"])
        #expect(
            read.statements.first?.products == [.init(ids: ["pkg:docker/acme/app"], subcomponents: [["pkg:npm/x"]])]
        )
    }

    @Test(
        "tell the last day of a statement, or of all of them",
        arguments: [
            (#""expires":"2026-10-01""#, "", "2026-10-01"),
            (#""expiry":"2026-10-01T23:00:00-05:00""#, "", "2026-10-02"),
            ("", #","valid_until":"2026-12-31""#, "2026-12-31"),
            (#""expires":"2026-10-01""#, #","expires":"2027-01-01""#, "2026-10-01"),
            (#""expires":"soon""#, "", nil), ("", "", nil),
        ] as [(String, String, String?)]
    )
    func expiry(own: String, shared: String, day: String?) throws {
        let text =
            #"{"vulnerability":{"name":"CVE-1"},"status":"not_affected","impact_statement":"no"\#(own.isEmpty ? "" : "," + own)}"#
        #expect(try OpenVEXReader.read(Self.document(text, more: shared)).statements.first?.lastDay?.description == day)
    }

    @Test(
        "do without statements that break the rules, and say so",
        arguments: rows([
            #"{"status":"not_affected","justification":"x"}"#, #"{"vulnerability":{},"status":"fixed"}"#,
            #"{"vulnerability":{"name":"CVE-1"},"status":"fine"}"#, #"{"vulnerability":{"name":"CVE-1"}}"#,
            #"{"vulnerability":{"name":"CVE-1"},"status":"not_affected"}"#,
            #"{"vulnerability":{"name":"CVE-1"},"status":"not_affected","justification":""}"#, "7", "[]", "null",
        ])
    )
    func invalid(row: NumberedRow<String>) throws {
        let read = try OpenVEXReader.read(
            Self.document(row.value + #",{"vulnerability":{"name":"CVE-2"},"status":"affected"}"#)
        )
        #expect(read.statements.map(\.vulnerabilities) == [["CVE-2"]])
        #expect(read.remarks.count == 1)
    }

    @Test(
        "are refused when they are none",
        arguments: rows([
            "", "{", "[]", "{}", #"{"@context":"https://openvex.dev/ns/v0.2.0","statements":[]}"#,
            #"{"@context":"https://openvex.dev/ns/v0.2.0","author":"a"}"#,
            #"{"@context":"https://example.org","author":"a","statements":[]}"#,
            #"{"@context":["https://openvex.dev/ns/v0.2.0"],"author":"a","statements":[]}"#,
        ])
    )
    func refuses(row: NumberedRow<String>) {
        #expect(throws: Failure.self) { try OpenVEXReader.read(Array(row.value.utf8)) }
    }

    @Test("become one document, each statement with what it inherited")
    func merging() throws {
        let one = Self.document(#"{"vulnerability":{"name":"CVE-1"},"status":"fixed"}"#)
        let two = Self.document(
            #"{"vulnerability":{"name":"CVE-2"},"status":"affected","timestamp":"2026-11-01T00:00:00Z"}"#
        )
        #expect(try JSONValue(parsing: OpenVEXReader.merged([one])) == JSONValue(parsing: one))
        let merged = try OpenVEXReader.read(OpenVEXReader.merged([one, two]))
        #expect(merged.statements.map(\.vulnerabilities) == [["CVE-1"], ["CVE-2"]])
        #expect(merged.statements.map { $0.time?.rfc3339() } == ["2026-09-01T10:00:00Z", "2026-11-01T00:00:00Z"])
        #expect(throws: Failure.self) { try OpenVEXReader.merged([one, Array("{}".utf8)]) }
    }

    @Test("are told by their predicate type, whatever the version")
    func types() {
        for type in ["https://openvex.dev/ns", "https://openvex.dev/ns/v0.2.0", "https://openvex.dev/ns/v0.0.1"] {
            #expect(OpenVEXReader.isOpenVEX(type))
        }
        for type in ["", "https://openvex.dev/nsx", "https://spdx.dev/Document"] {
            #expect(!OpenVEXReader.isOpenVEX(type))
        }
    }
}
