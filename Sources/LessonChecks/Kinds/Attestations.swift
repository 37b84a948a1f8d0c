// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageAnalysis
import ImagePolicies
import Lessons

/// The image carries an SBOM and provenance in max mode.
enum Attestations: CheckKind {
    static let name = "attestations"

    static func judge(_ check: LessonCheck, _ context: CheckContext) throws -> Judgement {
        guard let work = context.work else { return context.noDockerfile }
        guard let analysis = context.analysis else { return work.buildStopped ?? work.notBuilt }
        let summary = analysis.attestations
        return judge(
            hasSBOM: summary.sbom == .present,
            provenanceMode: summary.provenance == .present ? summary.provenanceMode?.rawValue ?? "unknown" : nil,
            name: "the image"
        )
    }

    static func judge(hasSBOM: Bool, provenanceMode: String?, name: String) -> Judgement {
        let found =
            "\(hasSBOM ? "an SBOM" : "no SBOM") and \(provenanceMode.map { "provenance in \($0) mode" } ?? "no provenance")"
        let proof = [Evidence(kind: .attestation, file: name, detail: found)]
        var missing: [String] = []
        if !hasSBOM { missing.append("an SBOM") }
        switch provenanceMode {
        case "max"?: break
        case nil: missing.append("provenance")
        case "min"?: missing.append("provenance in max mode (it has mode=min)")
        default:
            guard missing.isEmpty else { break }
            return Judgement(
                .unknown,
                "The mode of the provenance of \(name) cannot be told.",
                found: found,
                evidence: proof
            )
        }
        guard !missing.isEmpty else {
            return Judgement(.passed, "An SBOM and provenance in max mode are attached.", found: found, evidence: proof)
        }
        return Judgement(
            .failed,
            "\(name.prefix(1).uppercased() + name.dropFirst()) lacks \(missing.joined(separator: " and ")).",
            found: found,
            evidence: proof
        )
    }
}
