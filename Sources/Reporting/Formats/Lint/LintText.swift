// SPDX-License-Identifier: Apache-2.0

/// `lint --format text`: as BuildKit prints its checks.
public struct LintText: ReportFormat {
    /// `text`.
    public var name: String { "text" }

    /// Makes the form.
    public init() {}

    /// The text; empty when nothing is found.
    public func render(_ listing: LintListing) -> String {
        // Each finding has an empty line above it, the first one not.
        let text: String = listing.reports.map(\.text).joined()
        return String(text.drop { $0.isNewline })
    }
}
