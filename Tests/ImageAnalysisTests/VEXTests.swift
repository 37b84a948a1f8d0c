// SPDX-License-Identifier: Apache-2.0

import Advisories
import BillOfMaterials
import Diagnostics
import ImagePolicies
import OCISpec
import Packages
import SeaworthyTestSupport
import Testing

@testable import ImageAnalysis

@Suite("VEX statements on what is in an image")
struct VEXTests {
    static let trusted = "Docker Hardened Images <dhi@docker.com>"
    static let id = "CVE-2022-24999"
    static let policy = "fixable-vulnerabilities"

    struct Statement {
        var vulnerability = VEXTests.id
        var status = "not_affected"
        var products = #"[{"@id":"pkg:npm/qs@6.7.0"}]"#
        var more = #","justification":"vulnerable_code_not_in_execute_path""#

        var text: String {
            #"{"vulnerability":{"name":"\#(vulnerability)"},"status":"\#(status)","products":\#(products)\#(more)}"#
        }
    }

    static func document(_ statements: [Statement], author: String = trusted) -> String {
        #"{"@context":"https://openvex.dev/ns/v0.2.0","@id":"v","author":"\#(author)","timestamp":"2026-09-01T00:00:00Z","version":1,"statements":[\#(statements.map(\.text).joined(separator: ","))]}"#
    }

    static func attestation(_ document: String, of digest: Digest = LessonImage.digest) -> InTotoStatement {
        InTotoStatement(
            type: InTotoStatement.typeV1,
            subjects: [.init(name: "pkg:docker/acme/memes-r-us@latest", digest: ["sha256": digest.hex])],
            predicateType: InTotoStatement.PredicateType.openVEX,
            predicate: Array(document.utf8)
        )
    }

    /// An image with a package that has one vulnerability worth marking, and others that stay.
    static func report(
        _ documents: [String],
        of digest: Digest = LessonImage.digest,
        rules: VEXRules = VEXRules(),
        change: (inout LessonImage) -> Void = { _ in }
    ) throws -> AnalysisReport {
        var image = LessonImage(user: "node")
        image.dependencies = [("qs", "6.7.0", "MIT")]
        change(&image)
        image.statements += documents.map { attestation($0, of: digest) }
        var analyzer = try LessonImage.analyzer()
        analyzer.vex = rules
        return try analyzer.analyze(try image.subject())
    }

    static func isMarked(_ report: AnalysisReport) -> Bool {
        report.vulnerabilities.matches.contains { $0.id == id && $0.mark != nil }
    }

    @Test("An attested not_affected by a trusted author marks the vulnerability, and the policy does not count it")
    func marks() throws {
        let plain = try Self.report([])
        let ids = Set(plain.vulnerabilities.matches.filter { $0.package.name == "qs" }.map(\.id))
        #expect(ids.contains(Self.id))
        #expect(plain.policies.result(Self.policy)?.state == .failed)
        let all = ids.sorted().map { Statement(vulnerability: $0) }
        let report = try Self.report([Self.document(all)])
        #expect(Self.isMarked(report))
        #expect(report.vulnerabilities.matches.count == plain.vulnerabilities.matches.count)
        let result = try #require(report.policies.result(Self.policy))
        #expect(result.state == .passed, "\(result.deviations) \(result.noDataReason ?? "")")
        #expect(result.remarks.contains { $0.contains("not_affected") && $0.contains(Self.trusted) })
        #expect(report.vulnerabilities.counts.total == plain.vulnerabilities.counts.total - ids.count)
    }

    struct Row: Sendable {
        var author = VEXTests.trusted
        var statements: [String] = []
        let isMarked: Bool
        /// The rules of the findings that warn.
        var warns: [String] = []
    }

    static func row(_ change: (inout Statement) -> Void, _ isMarked: Bool, _ warns: [String] = []) -> Row {
        var statement = Statement()
        change(&statement)
        return Row(statements: [statement.text], isMarked: isMarked, warns: warns)
    }

    static let without = ["vex-without-effect"]

    static let products: [Row] = [
        row({ $0.products = #"[{"@id":"pkg:npm/qs"}]"# }, true),
        row({ $0.products = #"["pkg:npm/qs@6.7.0"]"# }, true),
        row({ $0.products = #"[{"@id":"urn:x","identifiers":{"purl":"pkg:npm/qs@6.7.0"}}]"# }, true),
        row({ $0.products = #"[{"@id":"pkg:docker/acme/memes-r-us@latest"}]"# }, true),
        row({ $0.products = #"[{"@id":"pkg:docker/acme/memes-r-us"}]"# }, true),
        row({ $0.products = #"[{"@id":"pkg:docker/acme/memes-r-us?platform=linux%2Famd64"}]"# }, true),
        row({ $0.products = #"[{"@id":"pkg:oci/memes-r-us?repository_url=docker.io%2Facme%2Fmemes-r-us"}]"# }, true),
        row({ $0.products = #"[{"@id":"pkg:docker/acme/memes-r-us@sha256%3A\#(LessonImage.digest.hex)"}]"# }, true),
        row({ $0.products = #"[{"@id":"x","hashes":{"sha-256":"\#(LessonImage.digest.hex)"}}]"# }, true),
        row(
            { $0.products = #"[{"@id":"x","hashes":{"sha-256":"\#(String(repeating: "0", count: 64))"}}]"# },
            false,
            without
        ),
        row({ $0.products = #"[{"hashes":{"sha-256":"\#(LessonImage.digest.hex)"}}]"# }, true),
        row(
            { $0.products = #"[{"@id":"pkg:docker/acme/memes-r-us","subcomponents":[{"@id":"pkg:npm/qs@6.7.0"}]}]"# },
            true
        ),
        row(
            {
                $0.products =
                    #"[{"@id":"pkg:docker/acme/memes-r-us","subcomponents":["pkg:npm/express","pkg:npm/qs"]}]"#
            },
            true
        ),
        row({ $0.products = "[]" }, true),
        row({ $0.products = #"[{"@id":"pkg:npm/qs@6.7.1"}]"# }, false, without),
        row({ $0.products = #"[{"@id":"pkg:npm/express"}]"# }, false, without),
        row({ $0.products = #"[{"@id":"pkg:pypi/qs@6.7.0"}]"# }, false, without),
        row({ $0.products = #"[{"@id":"pkg:npm/qs@6.7.0?arch=amd64"}]"# }, false, without),
        row({ $0.products = #"[{"@id":"qs"}]"# }, false, without),
        row({ $0.products = #"[{"@id":"pkg:docker/acme/other@latest"}]"# }, false, without),
        row({ $0.products = #"[{"@id":"pkg:docker/acme/memes-r-us@v2"}]"# }, false, without),
        row({ $0.products = #"[{"@id":"pkg:docker/acme/memes-r-us?platform=linux%2Farm64"}]"# }, false, without),
        row(
            { $0.products = #"[{"@id":"pkg:docker/acme/memes-r-us@sha256%3A\#(String(repeating: "0", count: 64))"}]"# },
            false,
            without
        ),
        row(
            { $0.products = #"[{"@id":"pkg:docker/acme/memes-r-us","subcomponents":[{"@id":"pkg:npm/express"}]}]"# },
            false,
            without
        ),
        row({ $0.products = #"[{"@id":"pkg:docker/acme/memes-r-us","subcomponents":[{}]}]"# }, false, without),
    ]

    static let statuses: [Row] = [
        row({ $0.vulnerability = "cve-2022-24999" }, true),
        row({ $0.vulnerability = "GHSA-hrpp-h998-j3pp" }, true),
        row({ $0.vulnerability = "CVE-2000-1" }, false),
        row({ $0.more = #","impact_statement":"we never parse""# }, true),
        row({ $0.more = "" }, false, ["vex-invalid"]),
        row({ $0.status = "affected" }, false),
        row({ $0.status = "fixed" }, false),
        row({ $0.status = "under_investigation" }, false),
        row({ $0.more += #","expires":"2026-11-23""# }, true),
        row({ $0.more += #","expires":"2026-11-22""# }, false, ["vex-expired"]),
        Row(
            author: "Somebody <s@example.org>",
            statements: [Statement().text],
            isMarked: false,
            warns: ["vex-untrusted"]
        ),
        Row(author: "dhi@docker.com", statements: [Statement().text], isMarked: false, warns: ["vex-untrusted"]),
        Row(
            statements: [
                Statement().text, Statement(status: "affected", more: #","timestamp":"2026-10-01T00:00:00Z""#).text,
            ],
            isMarked: false,
            warns: ["vex-superseded"]
        ),
        Row(
            statements: [
                Statement(status: "affected", more: #","timestamp":"2026-08-01T00:00:00Z""#).text, Statement().text,
            ],
            isMarked: true
        ),
        Row(
            statements: [
                Statement().text,
                Statement(status: "under_investigation", more: #","timestamp":"2026-08-01T00:00:00Z""#).text,
            ],
            isMarked: true
        ),
    ]

    @Test("by products, statuses and authors", arguments: rows(products + statuses))
    func table(row: NumberedRow<Row>) throws {
        let text =
            #"{"@context":"https://openvex.dev/ns/v0.2.0","author":"\#(row.value.author)","timestamp":"2026-09-01T00:00:00Z","version":1,"statements":[\#(row.value.statements.joined(separator: ","))]}"#
        let report = try Self.report([text])
        #expect(Self.isMarked(report) == row.value.isMarked)
        let warnings = report.findings.filter { $0.severity == .warning && $0.rule.hasPrefix("vex-") }
        #expect(warnings.map(\.rule) == row.value.warns)
        if !row.value.isMarked { #expect(report.policies.result(Self.policy)?.state == .failed) }
    }

    @Test("An author is trusted by a regular expression, and by nothing else")
    func authors() throws {
        let text = Self.document([Statement()], author: "Ada <ada@example.org>")
        for (pattern, isTrusted) in [("<ada@example.org>", true), ("example", true), ("^Bob", false), ("(", false)] {
            #expect(Self.isMarked(try Self.report([text], rules: VEXRules(authors: [pattern]))) == isTrusted)
        }
    }

    @Test("An attestation of another image, and one that cannot be read, count for nothing and are said")
    func strangers() throws {
        let foreign = try Self.report([Self.document([Statement()])], of: .sample(1))
        #expect(!Self.isMarked(foreign) && foreign.findings.contains { $0.rule == "vex-of-another-image" })
        let broken = try Self.report(["{}"])
        #expect(!Self.isMarked(broken) && broken.findings.contains { $0.rule == "vex-unreadable" })
    }

    @Test("A document at another place counts as well; one that names nothing found is said to be in vain")
    func locations() throws {
        let document = try OpenVEXReader.read(Array(Self.document([Statement()]).utf8))
        #expect(Self.isMarked(try Self.report([], rules: VEXRules(documents: [("a.vex.json", document)]))))
        let vain = try OpenVEXReader.read(Array(Self.document([Statement(vulnerability: "CVE-2000-1")]).utf8))
        let report = try Self.report([], rules: VEXRules(documents: [("b.vex.json", vain)]))
        #expect(report.findings.contains { $0.rule == "vex-without-effect" && $0.message.contains("b.vex.json") })
    }

    @Test("A document inside the image counts where nothing is attached, and is named where something is")
    func files() throws {
        let layer: TestLayer = [
            "app/node_modules/qs/package.json": StackedImage.npm("qs", "6.7.0"),
            "etc/app.vex.json": .text(Self.document([Statement()])),
        ]
        var image = StackedImage([layer])
        #expect(Self.isMarked(try image.report()))
        image.statements = [
            Array(
                #"{"_type":"https://in-toto.io/Statement/v1","predicateType":"https://example.org/x","subject":[],"predicate":{}}"#
                    .utf8
            )
        ]
        let report = try image.report()
        #expect(!Self.isMarked(report))
        #expect(report.findings.contains { $0.rule == "vex-file-ignored" })
    }
}
