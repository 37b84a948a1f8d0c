// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit docs/attestations/sbom.md.

import BillOfMaterials
import CivilTime
import OCISpec
import PackageCatalogers

/// The bill of materials that a build attaches: what the catalogers find in the final stage's filesystem.
enum SBOMAttestation {
    static func statement(
        _ catalog: Catalog,
        subjects: [InTotoStatement.Subject],
        _ request: BuildRequest
    ) -> InTotoStatement {
        let document = SBOMDocument(
            format: .spdx("SPDX-2.3"),
            name: "/run/src/core",
            created: Instant(epochSeconds: request.epochSeconds).rfc3339(),
            tools: ["seaworthy"],
            packages: catalog.packages,
            distribution: catalog.distribution
        )
        return InTotoStatement(
            type: InTotoStatement.typeV1,
            subjects: subjects,
            predicateType: InTotoStatement.PredicateType.spdx,
            predicate: SPDXWriter.write(document)
        )
    }

    /// What is installed in a stage.
    static func catalog(_ target: StageState, layers: [Digest]) -> Catalog {
        Catalogers.catalog(
            FileTreeResolver(tree: target.tree, layers: layers),
            configuration: CatalogConfiguration(environmentLines: target.configuration.config.env ?? [])
        )
    }
}
