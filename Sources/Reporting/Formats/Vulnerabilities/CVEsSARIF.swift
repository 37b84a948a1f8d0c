// SPDX-License-Identifier: Apache-2.0

// Source: SARIF 2.1.0 (OASIS); the properties that code scanning services read.

import Advisories
import Diagnostics
import ImageAnalysis
import JSONValues
import OCISpec
import Packages

/// `cves --format sarif`: a rule for each vulnerability, a result for each package that has it.
public struct CVEsSARIF: ReportFormat {
    /// `sarif`.
    public var name: String { "sarif" }

    /// Makes the form.
    public init() {}

    /// The document.
    public func render(_ listing: VulnerabilityListing) -> String {
        text(Self.document(listing))
    }

    /// The document as indented JSON, without a line feed at the end; the same report gives the same bytes.
    static func document(_ listing: VulnerabilityListing) -> [UInt8] {
        let (report, matches) = (listing.report, listing.matches)
        var places: [String: Int] = [:]
        var rules: [SARIFDocument.Rule] = []
        for match in matches where places[match.id] == nil {
            places[match.id] = rules.count
            rules.append(rule(match, among: matches.filter { $0.id == match.id }))
        }
        let tool = SARIFDocument.Tool(
            name: "seaworthy scout",
            fullName: "Seaworthy, an analysis like Docker Scout's",
            semanticVersion: report.engineVersion
        )
        let results = matches.map { result($0, rule: places[$0.id] ?? 0, report: report) }
        return SARIFDocument(
            tool: tool,
            rules: rules,
            results: results,
            columnKind: "unicodeCodePoints",
            notifications: report.vulnerabilityUnknowns.map(\.harmless)
        ).bytes
    }

    private static func rule(_ match: VulnerabilityMatch, among all: [VulnerabilityMatch]) -> SARIFDocument.Rule {
        let purls = Set(all.map(\.package.scoutPURL.description)).sorted()
        let fixes = Set(all.compactMap(\.fixedVersion)).sorted()
        let title = match.title.isEmpty ? match.id : match.title
        var properties: JSONObject = JSONObject()
        properties.append("affected_version", .string(Set(all.map(\.affectedRange)).sorted().joined(separator: "; ")))
        properties.append("fixed_version", .string(fixes.isEmpty ? "not fixed" : fixes.joined(separator: "; ")))
        properties.append("purls", .array(purls.map { .string($0) }))
        properties.append("security-severity", .string(score(match)))
        properties.append("cvssV3_severity", .string(match.severity.rawValue))
        properties.append("tags", .array(([match.severity.rawValue] + match.weaknesses).map { .string($0) }))
        let fixed = fixes.isEmpty ? "no version" : fixes.joined(separator: ", ")
        let help =
            "Vulnerability \(match.id), severity \(match.severity.rawValue) (rated by \(match.severitySource)), fixed in "
            + fixed
        return SARIFDocument.Rule(
            id: match.id,
            name: "OsPackageVulnerability",
            summary: "\(match.severity.rawValue) severity: \(title)".harmless,
            description: title.harmless,
            page: ScoutText.link(match),
            help: help.harmless,
            properties: properties
        )
    }

    /// The number that code scanning sorts by; the middle of the band where nobody gives a score.
    private static func score(_ match: VulnerabilityMatch) -> String {
        if let score = match.score {
            let tenths = Int((score * 10).rounded())
            return "\(tenths / 10).\(tenths % 10)"
        }
        switch match.severity {
        case .critical: return "9.5"
        case .high: return "8.0"
        case .medium: return "5.5"
        case .low: return "2.0"
        case .unspecified: return "0.0"
        }
    }

    private static func result(_ match: VulnerabilityMatch, rule: Int, report: AnalysisReport)
        -> SARIFDocument.Result
    {
        let level: SARIFDocument.Level =
            switch match.severity {
            case .critical, .high: .error
            case .medium: .warning
            case .low, .unspecified: .note
            }
        let path = match.package.locations.first?.path ?? "/"
        let fix = match.fixedVersion ?? "not fixed"
        let text =
            "Vulnerability \(match.id) of \(match.package.name) \(match.package.version): affected "
            + "\(match.affectedRange), fixed version \(fix), severity \(match.severity.rawValue)"
        return SARIFDocument.Result(
            rule: match.id,
            ruleIndex: rule,
            kind: "fail",
            level: level,
            message: text.harmless,
            location: SARIFDocument.Location(
                file: String(path.drop { $0 == "/" }).harmless,
                startLine: 1,
                startColumn: 1,
                endLine: 1,
                endColumn: 1,
                logicalName: "\(report.name)@\(report.digest):\(path)".harmless
            ),
            suppression: match.mark?.phrase.harmless
        )
    }
}
