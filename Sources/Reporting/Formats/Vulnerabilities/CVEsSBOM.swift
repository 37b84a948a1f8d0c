// SPDX-License-Identifier: Apache-2.0

/// `cves --format sbom`: packages and vulnerabilities in Scout's shape.
public struct CVEsSBOM: ReportFormat {
    /// `sbom`.
    public var name: String { "sbom" }

    /// Makes the form.
    public init() {}

    /// The document.
    public func render(_ listing: VulnerabilityListing) -> String {
        text(ScoutBillOfMaterials.document(listing.report, filter: listing.filter))
    }
}
