// SPDX-License-Identifier: Apache-2.0

import Advisories
import BillOfMaterials
import ImageAnalysis
import Packages

/// `cves --format spdx`: an SPDX document whose packages link to their vulnerabilities.
public struct CVEsSPDX: ReportFormat {
    /// `spdx`.
    public var name: String { "spdx" }

    /// Makes the form.
    public init() {}

    /// The document.
    public func render(_ listing: VulnerabilityListing) -> String {
        var matches: [Package: [VulnerabilityMatch]] = [:]
        for match in listing.report.vulnerabilities.matches where listing.filter.shows(match) {
            for package in match.packages { matches[package, default: []].append(match) }
        }
        let document = SBOMDocument(
            listing.report,
            format: .spdx("SPDX-2.3"),
            now: listing.now,
            unknowns: listing.report.vulnerabilityUnknowns
        )
        return text(SPDXWriter.write(document) { (matches[$0] ?? []).map(ScoutText.link) })
    }
}
