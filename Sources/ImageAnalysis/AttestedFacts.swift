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
        var packages: [Package]?
        var provenances: [(provenance: Provenance, type: String)] = []
        for entry in subject.statements where entry.namesTheImage {
            let type = entry.statement.predicateType
            do {
                if Self.isSBOM(type) {
                    // Every stage may have an SBOM of its own; the image's packages are those of all of them.
                    packages = (packages ?? []) + (try Self.packages(entry.statement, limits: limits))
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
        self.packages = packages
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

    private static func packages(_ statement: InTotoStatement, limits: Limits) throws -> [Package] {
        do {
            return try SBOMReader.read(statement.predicate, limits: limits).packages
        } catch {
            // Some generators put the document one level down.
            guard let value = try? JSONValue(parsing: statement.predicate, depth: limits.depth),
                let inner = value["Data"]
            else { throw error }
            return try SBOMReader.read(inner.bytes(indented: false), limits: limits).packages
        }
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
