// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// An image of the local store carries an SBOM and provenance in max mode.
enum ImageAttestations: CheckKind {
    static let name = "image-attestations"
    static let claim = "An image of the local store carries an SBOM and provenance in max mode."
    static let needs: Set<CheckNeed> = [.images]
    static let example = "repository: memes-r-us\ntag: updated\nsbom: true\nprovenance: max"

    struct Parameters: CheckParameters {
        static let documentation = ImageBuilt.Parameters.imageDocumentation + AttestationDemand.documentation

        let image: WantedImage
        let demand: AttestationDemand

        init(_ reader: ParameterReader) throws(ParameterProblem) {
            image = try ImageBuilt.Parameters(reader).image
            demand = try AttestationDemand(reader)
        }
    }

    static func judge(_ parameters: Parameters, _ input: CheckInput) throws -> Judgement {
        guard let image = ImageBuilt.find(parameters.image, input) else {
            return Judgement(.failed, found: "No such image")
        }
        return parameters.demand.judge(
            hasSBOM: image.hasSBOM,
            provenanceMode: image.provenanceMode,
            name: "\(image.repository):\(image.tag)"
        )
    }
}
