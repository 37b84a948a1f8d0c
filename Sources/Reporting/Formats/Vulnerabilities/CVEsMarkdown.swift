// SPDX-License-Identifier: Apache-2.0

/// `cves --format markdown`: for a comment on a change.
public struct CVEsMarkdown: ReportFormat {
    /// `markdown`.
    public var name: String { "markdown" }

    /// Makes the form.
    public init() {}

    /// The text.
    public func render(_ listing: VulnerabilityListing) -> String {
        ScoutText.markdown(listing.report, filter: listing.filter)
    }
}
