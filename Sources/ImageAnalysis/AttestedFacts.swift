// SPDX-License-Identifier: Apache-2.0

import BillOfMaterials
import Diagnostics
import ImagePolicies
import OCISpec
import Packages

/// What the statements attached to an image say; what speaks of another image does not count.
struct AttestedFacts {
    /// The packages of the attached SBOM; nil when there is none that can be read.
    let packages: [Package]?
    /// The provenance, the most telling first; nil when there is none that can be read.
    let provenance: Provenance?
    /// The provenance's predicate type.
    let provenanceType: String
    /// What policies ask for.
    let summary: AttestationSummary
    /// What could not be read.
    let findings: [Finding]

    init(_ subject: AnalysisSubject, limits: Limits) {
        var findings: [Finding] = []
        var documents: [SBOMDocument] = []
        var provenances: [(provenance: Provenance, type: String)] = []
        for entry in subject.statements where entry.namesTheImage {
            let type = entry.statement.predicateType
            do {
                if Self.isSBOM(type) {
                    documents.append(try SBOMReader.read(entry.statement.predicate, limits: limits))
                } else if Self.isProvenance(type) {
                    provenances.append((try ProvenanceReader.read(entry.statement, limits: limits).provenance, type))
                }
            } catch {
                findings.append(
                    Finding(
                        rule: "attestation-unreadable",
                        severity: .warning,
                        message: "an attestation of type \(type.harmless) cannot be read: \(error)"
                    )
                )
            }
        }
        let best = provenances.first { $0.provenance.mode == .max } ?? provenances.first
        packages = Self.packages(of: documents)
        provenance = best?.provenance
        provenanceType = best?.type ?? ""
        self.findings = findings
        summary = AttestationSummary(
            sbom: Self.presence(subject, Self.isSBOM),
            provenance: Self.presence(subject, Self.isProvenance),
            provenanceMode: best.map { $0.provenance.mode == .max ? .max : .min }
        )
    }

    /// What provenance says of the base image; nil when it does not say.
    var base: BaseImageUse? {
        switch provenance?.baseImage {
        case .image(let reference, let digest)?:
            let isBare = reference.tag == nil && reference.digest != nil
            return .image(
                FoundBaseImage(
                    reference: isBare ? reference : reference.withDefaultTag,
                    digest: digest,
                    source: .provenance
                )
            )
        case .scratch?: return .scratch
        case .unknown?, nil: return nil
        }
    }

    /// The packages of the image itself, each once: build stages and contexts that were scanned as well are not in it.
    private static func packages(of documents: [SBOMDocument]) -> [Package]? {
        let own = documents.filter { !$0.name.hasPrefix("/run/src/extras") }
        guard !documents.isEmpty else { return nil }
        var seen: Set<[String]> = []
        return (own.isEmpty ? documents : own).flatMap(\.packages)
            .filter { seen.insert([$0.type.rawValue, $0.name, $0.version, $0.architecture ?? ""]).inserted }
    }

    private static func isSBOM(_ type: String) -> Bool { type == InTotoStatement.PredicateType.spdx }

    private static func isProvenance(_ type: String) -> Bool {
        type == InTotoStatement.PredicateType.provenanceV02 || type == InTotoStatement.PredicateType.provenanceV1
    }

    private static func presence(
        _ subject: AnalysisSubject,
        _ isWanted: (String) -> Bool
    ) -> AttestationSummary.Presence {
        let entries = subject.statements.filter { isWanted($0.statement.predicateType) }
        guard !entries.isEmpty else { return .absent }
        return entries.contains(where: \.namesTheImage) ? .present : .ofAnotherImage
    }
}
