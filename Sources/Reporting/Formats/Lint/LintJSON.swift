// SPDX-License-Identifier: Apache-2.0

/// `lint --format json`: an array with an object for each finding.
public struct LintJSON: ReportFormat {
    /// `json`.
    public var name: String { "json" }

    /// Makes the form.
    public init() {}

    /// The document.
    public func render(_ listing: LintListing) throws -> String {
        try json(listing.reports.flatMap(\.rows))
    }
}
