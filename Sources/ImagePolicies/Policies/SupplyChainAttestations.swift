// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// The image carries an SPDX bill of materials and SLSA provenance in max mode, both about itself.
///
/// An attestation counts when it can be read and says something of this image. One that cannot be read may be of a form that we do
/// not know, so it is no data; one that can be read and says nothing is as none.
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
        let summary = input.attestations
        let answers = [Self.sbom(summary), Self.provenance(summary)]
        let deviations = answers.compactMap { if case .missing(let deviation) = $0 { deviation } else { nil } }
        let doubts = answers.compactMap { if case .doubtful(let reason) = $0 { reason } else { nil } }
        var evidence = answers.compactMap { answer -> Evidence? in
            guard case .there(let detail) = answer else { return nil }
            return Evidence(kind: .attestation, detail: detail)
        }
        var options: [String] = []
        if summary.sbom != .present { options.append("--sbom=true") }
        if summary.provenance != .present || summary.provenanceMode != .max { options.append("--provenance=mode=max") }
        var remediation = "Build again with " + options.joined(separator: " and ")
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
                remarks: doubts
            )
        }
        if let doubt = doubts.first { return .noData(doubt, evidence: evidence, remediation: remediation) }
        return .met(.count(0, unit: "deviation"), evidence: evidence)
    }

    private enum Answer {
        case there(String)
        case missing(PolicyDeviation)
        case doubtful(String)
    }

    private static func sbom(_ summary: AttestationSummary) -> Answer {
        func missing(_ detail: String) -> Answer { .missing(PolicyDeviation(subject: "SBOM", detail: detail)) }
        return switch summary.sbom {
        case .present: .there("an SPDX SBOM is attached")
        case .absent: missing("no SBOM attestation is attached")
        case .ofAnotherImage: missing("an SBOM attestation is there, but \(stranger)")
        case .empty: missing("an SBOM attestation is there, but it names none of the packages that the image has")
        case .unreadable: .doubtful("the attached SBOM cannot be read" + reason(summary))
        }
    }

    private static func provenance(_ summary: AttestationSummary) -> Answer {
        func missing(_ detail: String) -> Answer { .missing(PolicyDeviation(subject: "Provenance", detail: detail)) }
        return switch (summary.provenance, summary.provenanceMode) {
        case (.present, .max): .there("provenance in max mode is attached")
        case (.present, .min): missing("the provenance is in min mode, max is asked")
        case (.present, nil): .doubtful("the provenance does not say in which mode it was made")
        case (.absent, _): missing("no provenance attestation is attached")
        case (.ofAnotherImage, _): missing("a provenance attestation is there, but \(stranger)")
        case (.empty, _): missing("a provenance attestation is there, but it says nothing of a build")
        case (.unreadable, _): .doubtful("the attached provenance cannot be read" + reason(summary))
        }
    }

    private static func reason(_ summary: AttestationSummary) -> String {
        summary.unreadableReason.map { ": " + $0 } ?? ""
    }
}
