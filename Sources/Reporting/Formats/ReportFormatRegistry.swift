// SPDX-License-Identifier: Apache-2.0

/// The forms of reports, a line each.
public enum ReportFormatRegistry {
    /// Of `scout cves`.
    public static let vulnerabilities: [any ReportFormat<VulnerabilityListing>] = [
        CVEsPackages(),
        CVEsOnlyPackages(),
        CVEsSARIF(),
        CVEsSPDX(),
        CVEsGitLab(),
        CVEsMarkdown(),
        CVEsSBOM(),
        CVEsJSON(),
    ]

    /// Of `scout sbom`.
    public static let packages: [any ReportFormat<PackageListing>] = [
        SBOMJSON(),
        SBOMList(),
        SBOMSPDX(),
        SBOMCycloneDX(),
    ]

    /// Of `dockerfile lint`.
    public static let lint: [any ReportFormat<LintListing>] = [
        LintText(),
        LintJSON(),
        LintSARIF(),
    ]
}
