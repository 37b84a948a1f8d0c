// SPDX-License-Identifier: Apache-2.0

import ImageAnalysis
import ImagePolicies

/// The image carries an SBOM and provenance in max mode.
enum Attestations: CheckKind {
    static let name = "attestations"
    static let claim = "The image carries an SBOM and provenance in max mode."
    static let needs: Set<CheckNeed> = [.work, .image]
    static let example = "sbom: true\nprovenance: max"

    static func judge(_ parameters: AttestationDemand, _ input: CheckInput) throws -> Judgement {
        guard let analysis = input.analysis else {
            return input.work.map { $0.buildStopped ?? $0.notBuilt } ?? input.noDockerfile
        }
        let summary = analysis.attestations
        return parameters.judge(
            hasSBOM: summary.sbom == .present,
            provenanceMode: summary.provenance == .present ? summary.provenanceMode?.rawValue ?? "unknown" : nil,
            name: "the image",
            isPredicted: input.isPredicted
        )
    }
}
