// SPDX-License-Identifier: Apache-2.0

import BillOfMaterials

/// `sbom --format spdx`.
public struct SBOMSPDX: ReportFormat {
    /// `spdx`.
    public var name: String { "spdx" }

    /// Makes the form.
    public init() {}

    /// The document.
    public func render(_ listing: PackageListing) -> String {
        text(SPDXWriter.write(SBOMDocument(listing.report, format: .spdx("SPDX-2.3"), now: listing.now)))
    }
}
