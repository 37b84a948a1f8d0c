// SPDX-License-Identifier: Apache-2.0

import BillOfMaterials
import Diagnostics
public import ImageAnalysis
import ImagePolicies

/// What `scout sbom` shows.
public struct PackageListing: FormattedSubject {
    /// The analysis.
    public let report: AnalysisReport
    /// Package types for forms that can leave some out; empty means all.
    public let types: [String]
    /// When a document that has to name a time was made, RFC 3339, for images that do not say their own.
    public let now: String

    /// Takes what there is.
    public init(_ report: AnalysisReport, types: [String] = [], now: String) {
        self.report = report
        self.types = types
        self.now = now
    }

    /// Those of the registry.
    public static var formats: [any ReportFormat<PackageListing>] { ReportFormatRegistry.packages }
    /// Scout's own.
    public static var standardFormat: any ReportFormat<PackageListing> { SBOMJSON() }
}

extension SBOMDocument {
    /// The bill of materials of an analysed image.
    ///
    /// - Parameter unknowns: what is not known; nil means why packages may be missing from the list.
    init(_ report: AnalysisReport, format: Format, now: String, unknowns: [String]? = nil) {
        self.init(
            format: format,
            name: report.name,
            created: report.created ?? now,
            tools: ["seaworthy-\(report.engineVersion)"],
            packages: report.packages,
            distribution: report.distribution,
            unknowns: unknowns ?? report.unknowns.filter(\.mayHidePackages).map(\.reason)
        )
    }
}
