// SPDX-License-Identifier: Apache-2.0

// Source: SARIF 2.1.0 (OASIS); the properties that code scanning services read.

import Advisories
import Diagnostics
public import ImageAnalysis
import JSONValues
import OCISpec
import Packages

/// `cves --format sarif`: a rule for each vulnerability, a result for each package that has it.
public enum ScoutSARIF {
    /// The document as indented JSON, without a line feed at the end; the same report gives the same bytes.
    public static func document(_ report: AnalysisReport, filter: VulnerabilityFilter) -> [UInt8] {
        let matches = report.vulnerabilities.matches.filter(filter.shows)
        var places: [String: Int] = [:]
        var rules: [JSONValue] = []
        for match in matches where places[match.id] == nil {
            places[match.id] = rules.count
            rules.append(rule(match, among: matches.filter { $0.id == match.id }))
        }
        let results: [JSONValue] = matches.map { result($0, rule: places[$0.id] ?? 0, report: report) }
        let driver: JSONValue = [
            "name": "seaworthy scout", "fullName": "Seaworthy, an analysis like Docker Scout's",
            "semanticVersion": .string(report.engineVersion), "rules": .array(rules),
        ]
        let run: JSONValue = [
            "tool": ["driver": driver], "columnKind": "unicodeCodePoints", "results": .array(results),
        ]
        let document: JSONValue = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run],
        ]
        return document.bytes()
    }

    private static func rule(_ match: VulnerabilityMatch, among all: [VulnerabilityMatch]) -> JSONValue {
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
        return [
            "id": .string(match.id), "name": "OsPackageVulnerability",
            "shortDescription": ["text": .string("\(match.severity.rawValue) severity: \(title)".harmless)],
            "fullDescription": ["text": .string(title.harmless)],
            "helpUri": .string(ScoutText.link(match)),
            "help": [
                "text": .string(
                    "Vulnerability \(match.id), severity \(match.severity.rawValue) (rated by \(match.severitySource)), fixed in \(fixes.isEmpty ? "no version" : fixes.joined(separator: ", "))"
                        .harmless
                )
            ],
            "properties": .object(properties),
        ]
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

    private static func result(_ match: VulnerabilityMatch, rule: Int, report: AnalysisReport) -> JSONValue {
        let level =
            switch match.severity {
            case .critical, .high: "error"
            case .medium: "warning"
            case .low, .unspecified: "note"
            }
        let path = match.package.locations.first?.path ?? "/"
        let fix = match.fixedVersion ?? "not fixed"
        let text =
            "Vulnerability \(match.id) of \(match.package.name) \(match.package.version): affected \(match.affectedRange), fixed version \(fix), severity \(match.severity.rawValue)"
        let location: JSONValue = [
            "physicalLocation": [
                "artifactLocation": ["uri": .string(String(path.drop { $0 == "/" }).harmless)],
                "region": ["startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1],
            ],
            "logicalLocations": [["fullyQualifiedName": .string("\(report.name)@\(report.digest):\(path)".harmless)]],
        ]
        return [
            "ruleId": .string(match.id), "ruleIndex": .number(String(rule)), "kind": "fail", "level": .string(level),
            "message": ["text": .string(text.harmless)], "locations": [location],
        ]
    }
}
