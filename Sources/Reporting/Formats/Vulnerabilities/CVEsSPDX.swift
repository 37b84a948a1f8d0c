// SPDX-License-Identifier: Apache-2.0

import Advisories
import BillOfMaterials
import ImageAnalysis

/// `cves --format spdx`: an SPDX document whose packages link to their vulnerabilities.
public struct CVEsSPDX: ReportFormat {
    /// `spdx`.
    public var name: String { "spdx" }

    /// Makes the form.
    public init() {}

    /// The document.
    public func render(_ listing: VulnerabilityListing) -> String {
        let matches = Dictionary(
            grouping: listing.report.vulnerabilities.matches.filter(listing.filter.shows),
            by: \.package
        )
        let document = SBOMDocument(listing.report, format: .spdx("SPDX-2.3"), now: listing.now)
        return text(SPDXWriter.write(document) { (matches[$0] ?? []).map(ScoutText.link) })
    }
}
