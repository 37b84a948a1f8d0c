// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// The image carries an SPDX bill of materials and SLSA provenance in max mode, both about itself.
struct SupplyChainAttestations: ImagePolicy {
    static let id = "supply-chain-attestations"
    static let needs: Set<Facet> = [.history]

    let title = "Supply chain attestations"
    var failingTitle = "Missing supply chain attestation(s)"
    let weight = 15

    /// What is said of a statement whose subject is not the image.
    private static let stranger =
        "its subject is another manifest than this image's (compressed anew or changed after the build?), so it does not count"

    func judge(_ input: PolicyInput) -> PolicyOutcome {
        var deviations: [PolicyDeviation] = []
        var evidence: [Evidence] = []
        var missing: [String] = []
        let summary = input.attestations
        switch summary.sbom {
        case .present: evidence.append(Evidence(kind: .attestation, detail: "an SPDX SBOM is attached"))
        case .absent: deviations.append(PolicyDeviation(subject: "SBOM", detail: "no SBOM attestation is attached"))
        case .ofAnotherImage:
            deviations.append(
                PolicyDeviation(subject: "SBOM", detail: "an SBOM attestation is there, but \(Self.stranger)")
            )
        }
        if summary.sbom != .present { missing.append("--sbom=true") }
        var doubt: String?
        switch (summary.provenance, summary.provenanceMode) {
        case (.present, .max):
            evidence.append(Evidence(kind: .attestation, detail: "provenance in max mode is attached"))
        case (.present, .min):
            deviations.append(
                PolicyDeviation(subject: "Provenance", detail: "the provenance is in min mode, max is asked")
            )
        case (.present, nil):
            doubt = "the provenance does not say in which mode it was made"
        case (.absent, _):
            deviations.append(PolicyDeviation(subject: "Provenance", detail: "no provenance attestation is attached"))
        case (.ofAnotherImage, _):
            deviations.append(
                PolicyDeviation(
                    subject: "Provenance",
                    detail: "a provenance attestation is there, but \(Self.stranger)"
                )
            )
        }
        if summary.provenance != .present || summary.provenanceMode != .max { missing.append("--provenance=mode=max") }
        var remediation = "Build again with " + missing.joined(separator: " and ")
        if summary.sbom == .ofAnotherImage || summary.provenance == .ofAnotherImage {
            remediation += "; a copy keeps them with skopeo copy --all --preserve-digests"
        }
        remediation += "."
        guard deviations.isEmpty else {
            evidence += deviations.map { Evidence(kind: .attestation, detail: $0.detail) }
            return .notMet(
                .count(deviations.count, unit: "deviation"),
                deviations: deviations,
                evidence: evidence,
                remediation: remediation,
                remarks: doubt.map { [$0] } ?? []
            )
        }
        if let doubt { return .noData(doubt, evidence: evidence, remediation: remediation) }
        return .met(.count(0, unit: "deviation"), evidence: evidence)
    }
}
