// SPDX-License-Identifier: Apache-2.0

/// What `dockerfile lint` shows.
public struct LintListing: FormattedSubject {
    /// The files, in the order in which they were named.
    public let reports: [LintReport]
    /// The version of this program, for documents that name their tool.
    public let programVersion: String

    /// Takes what there is.
    public init(_ reports: [LintReport], programVersion: String) {
        self.reports = reports
        self.programVersion = programVersion
    }

    /// Those of the registry.
    public static var formats: [any ReportFormat<LintListing>] { ReportFormatRegistry.lint }
    /// As BuildKit prints them.
    public static var standardFormat: any ReportFormat<LintListing> { LintText() }
}
