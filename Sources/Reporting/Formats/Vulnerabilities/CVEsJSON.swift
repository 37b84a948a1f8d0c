// SPDX-License-Identifier: Apache-2.0

/// `cves --format json`: the program's own document.
public struct CVEsJSON: ReportFormat {
    /// `json`.
    public var name: String { "json" }

    /// Makes the form.
    public init() {}

    /// The document.
    public func render(_ listing: VulnerabilityListing) throws -> String {
        try json(VulnerabilitiesDocument(listing.report, filter: listing.filter))
    }
}
