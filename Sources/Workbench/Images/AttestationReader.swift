// SPDX-License-Identifier: Apache-2.0

import BillOfMaterials
package import ImageLayouts
package import ImagePolicies
import OCISpec

/// Reads what is attached to an image, without looking at its layers.
package enum AttestationReader {
    /// What is attached, as policies see it.
    package static func summary(_ image: LoadedImage) -> AttestationSummary {
        func presence(_ types: Set<String>) -> AttestationSummary.Presence {
            let entries = image.attestations.filter { types.contains($0.statement.predicateType) }
            if entries.isEmpty { return .absent }
            return entries.contains(where: \.namesTheImage) ? .present : .ofAnotherImage
        }
        return AttestationSummary(
            sbom: presence([InTotoStatement.PredicateType.spdx]),
            provenance: presence(provenanceTypes),
            provenanceMode: provenance(image).map { $0.mode == .max ? .max : .min }
        )
    }

    /// The Dockerfile that the image was built from; nil when the provenance does not hold it.
    package static func dockerfile(_ image: LoadedImage) -> [UInt8]? { provenance(image)?.sources.first?.data }

    private static let provenanceTypes: Set<String> = [
        InTotoStatement.PredicateType.provenanceV02, InTotoStatement.PredicateType.provenanceV1,
    ]

    private static func provenance(_ image: LoadedImage) -> Provenance? {
        let statements = image.attestations.filter {
            $0.namesTheImage && provenanceTypes.contains($0.statement.predicateType)
        }
        let read = statements.compactMap { (try? ProvenanceReader.read($0.statement))?.provenance }
        return read.first { $0.mode == .max } ?? read.first
    }
}
