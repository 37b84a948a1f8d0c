// SPDX-License-Identifier: Apache-2.0

package import BillOfMaterials
package import Diagnostics
package import ImagePolicies
import OCISpec

/// What is attached to an image as read documents, without a look at the image's files.
package struct AttestationReading {
    /// The bills of materials about the image that can be read.
    package let documents: [SBOMDocument]
    /// The most telling provenance about the image, with its predicate type; nil when none can be read.
    package let provenance: (provenance: Provenance, type: String)?
    /// What could not be read.
    package let findings: [Finding]

    private let sbom: AttestationSummary.Presence
    private let provenancePresence: AttestationSummary.Presence
    private let unreadableReason: String?

    /// Reads statements; those about another image do not count.
    package init(_ statements: [AnalysisSubject.Statement], limits: Limits = .standard) {
        var findings: [Finding] = []
        var reasons: [String] = []
        var documents: [SBOMDocument] = []
        var provenances: [(provenance: Provenance, type: String)] = []
        for entry in statements where entry.namesTheImage {
            let type = entry.statement.predicateType
            do {
                if Self.isSBOM(type) {
                    documents.append(try SBOMReader.read(entry.statement.predicate, limits: limits))
                } else if Self.isProvenance(type) {
                    provenances.append((try ProvenanceReader.read(entry.statement, limits: limits).provenance, type))
                }
            } catch {
                let why = (error as? Failure).map { $0.why ?? $0.what } ?? "\(error)"
                reasons.append(why.harmless)
                findings.append(
                    Finding(
                        rule: "attestation-unreadable",
                        severity: .warning,
                        message: "an attestation of type \(type.harmless) cannot be read: \(error)"
                    )
                )
            }
        }
        self.documents = documents
        provenance = provenances.first { $0.provenance.mode == .max } ?? provenances.first
        self.findings = findings
        sbom = Self.presence(statements, Self.isSBOM, isRead: !documents.isEmpty)
        provenancePresence = Self.presence(statements, Self.isProvenance, isRead: !provenances.isEmpty)
        unreadableReason = reasons.first
    }

    /// What policies ask for.
    ///
    /// - Parameter sbomSaysNothing: whether the packages of the SBOM are none of the image's.
    package func summary(sbomSaysNothing: Bool = false) -> AttestationSummary {
        AttestationSummary(
            sbom: sbom == .present && sbomSaysNothing ? .empty : sbom,
            provenance: provenancePresence,
            provenanceMode: provenance.map { $0.provenance.mode == .max ? .max : .min },
            unreadableReason: [sbom, provenancePresence].contains(.unreadable) ? unreadableReason : nil
        )
    }

    private static func isSBOM(_ type: String) -> Bool { type == InTotoStatement.PredicateType.spdx }

    private static func isProvenance(_ type: String) -> Bool {
        type == InTotoStatement.PredicateType.provenanceV02 || type == InTotoStatement.PredicateType.provenanceV1
    }

    private static func presence(
        _ statements: [AnalysisSubject.Statement],
        _ isWanted: (String) -> Bool,
        isRead: Bool
    ) -> AttestationSummary.Presence {
        let entries = statements.filter { isWanted($0.statement.predicateType) }
        guard !entries.isEmpty else { return .absent }
        guard entries.contains(where: \.namesTheImage) else { return .ofAnotherImage }
        return isRead ? .present : .unreadable
    }
}
