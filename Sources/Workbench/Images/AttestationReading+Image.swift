// SPDX-License-Identifier: Apache-2.0

import BillOfMaterials
package import ImageAnalysis
package import ImageLayouts

extension AttestationReading {
    /// Reads what is attached to an image, without looking at its layers.
    package init(_ image: LoadedImage) {
        self.init(
            image.attestations.map {
                AnalysisSubject.Statement($0.statement, namesTheImage: $0.namesTheImage)
            }
        )
    }

    /// The Dockerfile that the image was built from; nil when the provenance does not hold it.
    package var dockerfile: [UInt8]? { provenance?.provenance.sources.first?.data }
}
