// SPDX-License-Identifier: Apache-2.0

/// `cves --format packages`: package by package, for people.
public struct CVEsPackages: ReportFormat {
    /// `packages`.
    public var name: String { "packages" }

    /// Makes the form.
    public init() {}

    /// The text.
    public func render(_ listing: VulnerabilityListing) -> String {
        ScoutText.cves(listing.report, filter: listing.filter, showsLocations: listing.showsLocations)
    }
}
