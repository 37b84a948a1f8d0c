// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImagePolicies
import OCISpec
import Packages
import SeaworthyTestSupport
import Testing

@testable import ImageAnalysis

@Suite("An attestation counts when it can be read and says something of the image")
struct AttestationTests {
    static let id = "supply-chain-attestations"

    static func image(sbom: String?, provenance: String? = nil) throws -> AnalysisReport {
        var image = LessonImage(user: "node")
        try image.attest()
        image.statements = image.statements.map { statement in
            let isSBOM = statement.predicateType == InTotoStatement.PredicateType.spdx
            guard let text = isSBOM ? sbom : provenance else { return statement }
            return InTotoStatement(
                type: statement.type,
                subjects: statement.subjects,
                predicateType: statement.predicateType,
                predicate: Array(text.utf8)
            )
        }
        return try image.report()
    }

    static let list = #"{"spdxVersion":"SPDX-2.3","packages":["#

    @Test(
        "An SBOM",
        arguments: rows(
            [
                (nil, Verdict.passed, SBOMSource.Kind.attestation), ("{}", .unknown, .indexed),
                ("", .unknown, .indexed),
                ("null", .unknown, .indexed), (#"{"spdxVersion":"SPDX-3.0","@graph":[]}"#, .unknown, .indexed),
                (#"{"spdxVersion":"SPDX-2.3"}"#, .failed, .indexed), (list + "]}", .failed, .indexed),
                (list + #"{"name":"something","versionInfo":"1"}]}"#, .failed, .indexed),
                (
                    list
                        + #"{"name":"express","versionInfo":"5.2.1","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/express@5.2.1"}]}]}"#,
                    .passed, .attestation
                ),
            ] as [(String?, Verdict, SBOMSource.Kind)]
        )
    )
    func sbom(row: NumberedRow<(String?, Verdict, SBOMSource.Kind)>) throws {
        let (text, state, kind) = row.value
        let report = try Self.image(sbom: text)
        #expect(report.policies.result(Self.id)?.state == state)
        #expect(report.sbom.kind == kind)
        // Whatever is attached, what the files show is judged.
        #expect(report.packages.contains { $0.name == "express" })
        #expect(report.sbom.packageCount > 0)
    }

    @Test(
        "Provenance",
        arguments: rows(
            [
                ("{}", Verdict.unknown), ("[]", .unknown), (#"{"buildType":"x"}"#, .failed),
                (#"{"buildDefinition":{}}"#, .unknown),
            ] as [(String, Verdict)]
        )
    )
    func provenance(row: NumberedRow<(String, Verdict)>) throws {
        let (text, state) = row.value
        let report = try Self.image(sbom: nil, provenance: text)
        #expect(report.policies.result(Self.id)?.state == state)
    }

    @Test("One that can be read is enough, whatever lies beside it")
    func several() throws {
        var image = LessonImage(user: "node")
        try image.attest()
        let broken = image.statements.map {
            InTotoStatement(
                type: $0.type,
                subjects: $0.subjects,
                predicateType: $0.predicateType,
                predicate: Array("{}".utf8)
            )
        }
        image.statements = broken + image.statements
        let report = try image.report()
        #expect(report.policies.result(Self.id)?.state == .passed)
        #expect(report.findings.filter { $0.rule == "attestation-unreadable" }.count == 2)
    }
}
