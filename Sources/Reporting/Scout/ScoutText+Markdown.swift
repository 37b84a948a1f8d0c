// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics
public import ImageAnalysis
import ImagePolicies
import OCISpec
import Packages

extension ScoutText {
    /// `cves --format markdown`: the image and a table of its vulnerabilities.
    public static func markdown(_ report: AnalysisReport, filter: VulnerabilityFilter = VulnerabilityFilter()) -> String
    {
        let matches = report.vulnerabilities.matches.filter(filter.shows)
        let counts = SeverityCounts(of: matches)
        var lines = ["## Vulnerabilities of `\(code(report.name))`", ""]
        lines += [
            "| | |", "|---|---|", "| digest | `\(report.digest)` |",
            "| platform | \(cell(report.platform.description)) |",
        ]
        let doubt = report.vulnerabilityDoubt(under: filter)
        let shown = doubt != nil && counts == SeverityCounts() ? "No data" : groups(counts)
        lines += [
            "| vulnerabilities | \(shown) |", "| size | \(report.size.text) |", "| packages | \(report.packageCount) |",
        ]
        if case .image(let base) = report.base {
            lines.append("| base image | \(cell(base.familiarName ?? base.digest?.short ?? "unknown")) |")
        }
        if !report.vulnerabilities.unjudged.isEmpty { lines.append("| judged | \(cell(report.judgedShare)) |") }
        lines.append("")
        for unknown in report.vulnerabilityUnknowns { lines.append("- not known: \(cell(unknown))") }
        if !report.vulnerabilityUnknowns.isEmpty { lines.append("") }
        guard !matches.isEmpty else {
            return joined(lines + [doubt == nil ? "No vulnerable packages detected." : "No data."])
        }
        lines += [
            "| Severity | Vulnerability | Package | Version | Affected range | Fixed version | CVSS |",
            "|---|---|---|---|---|---|---|",
        ]
        for match in matches {
            let score = match.score.map { tenths($0) } ?? ""
            let columns = [
                match.severity.rawValue,
                "[\(cell(match.id))](\(link(match)))" + (match.mark.map { " SUPPRESSED: " + cell($0.phrase) } ?? ""),
                cell(match.package.name),
                cell(match.package.version), "`\(code(match.affectedRange))`", cell(match.fixedVersion ?? "not fixed"),
                score,
            ]
            lines.append("| " + columns.joined(separator: " | ") + " |")
        }
        return joined(lines)
    }

    private static func groups(_ counts: SeverityCounts) -> String {
        ScoutCell.groups(counts).map { $0.filter { $0 != " " } }.joined(separator: " ")
    }

    private static func tenths(_ score: Double) -> String {
        let tenths = Int((score * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// Foreign text in a table's cell: nothing in it is Markdown.
    private static func cell(_ text: String) -> String {
        var result = ""
        for character in text.harmless {
            if "\\|`*_[]<>#&".contains(character) { result.append("\\") }
            result.append(character.isNewline ? " " : character)
        }
        return result
    }

    /// Foreign text between backquotes.
    private static func code(_ text: String) -> String {
        String(text.harmless.map { $0 == "`" || $0.isNewline ? "'" : $0 == "|" ? "¦" : $0 })
    }
}
