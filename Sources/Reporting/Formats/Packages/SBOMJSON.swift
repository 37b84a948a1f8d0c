// SPDX-License-Identifier: Apache-2.0

/// `sbom --format json`: packages in Scout's shape.
public struct SBOMJSON: ReportFormat {
    /// `json`.
    public var name: String { "json" }

    /// Makes the form.
    public init() {}

    /// The document.
    public func render(_ listing: PackageListing) -> String {
        text(ScoutBillOfMaterials.document(listing.report, filter: nil))
    }
}
