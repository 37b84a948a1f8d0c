// SPDX-License-Identifier: Apache-2.0

import BillOfMaterials

/// `sbom --format cyclonedx`.
public struct SBOMCycloneDX: ReportFormat {
    /// `cyclonedx`.
    public var name: String { "cyclonedx" }

    /// Makes the form.
    public init() {}

    /// The document.
    public func render(_ listing: PackageListing) -> String {
        text(CycloneDXWriter.write(SBOMDocument(listing.report, format: .cycloneDX("1.6"), now: listing.now)))
    }
}
