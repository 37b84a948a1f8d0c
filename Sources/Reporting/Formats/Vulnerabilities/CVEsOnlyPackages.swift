// SPDX-License-Identifier: Apache-2.0

/// `cves --format only-packages`: a table of the packages.
public struct CVEsOnlyPackages: ReportFormat {
    /// `only-packages`.
    public var name: String { "only-packages" }

    /// Makes the form.
    public init() {}

    /// The table.
    public func render(_ listing: VulnerabilityListing) -> String {
        ScoutText.onlyPackages(listing.report, onlyVulnerable: listing.onlyVulnerable, filter: listing.filter)
    }
}
