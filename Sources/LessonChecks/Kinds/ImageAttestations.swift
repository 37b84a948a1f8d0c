// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Lessons

/// An image of the local store carries an SBOM and provenance in max mode.
enum ImageAttestations: CheckKind {
    static let name = "image-attestations"

    static func judge(_ check: LessonCheck, _ context: CheckContext) throws -> Judgement {
        guard let image = try ImageBuilt.find(check, context) else { return Judgement(.failed, found: "No such image") }
        return Attestations.judge(
            hasSBOM: image.hasSBOM,
            provenanceMode: image.provenanceMode,
            name: "\(image.repository):\(image.tag)"
        )
    }
}
