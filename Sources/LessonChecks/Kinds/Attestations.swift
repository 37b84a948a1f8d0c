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
        guard let work = input.work else { return input.noDockerfile }
        guard let analysis = input.analysis else { return work.buildStopped ?? work.notBuilt }
        let summary = analysis.attestations
        return parameters.judge(
            hasSBOM: summary.sbom == .present,
            provenanceMode: summary.provenance == .present ? summary.provenanceMode?.rawValue ?? "unknown" : nil,
            name: "the image"
        )
    }
}
