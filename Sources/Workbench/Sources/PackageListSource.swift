// SPDX-License-Identifier: Apache-2.0

import Archives
import BillOfMaterials
import OCISpec

/// `sbom://`: a bill of materials on this machine; standard input without a name, or for `-`.
struct PackageListSource: SourceProvider {
    let prefix = "sbom"
    let findsImages = false

    func find(_ request: SourceRequest, on bench: Workbench) throws -> Source {
        let bytes = try bench.surroundings.read(request.rest.isEmpty ? "-" : request.rest)
        return .packages(
            try SBOMReader.read(bytes, limits: bench.surroundings.limits),
            name: request.text,
            digest: Digest.sha256(of: bytes)
        )
    }
}
