// SPDX-License-Identifier: Apache-2.0

// Source: public output of Docker Scout's `quickview`, `policy` and `cves`.

import Advisories
import Diagnostics
public import ImageAnalysis
public import ImagePolicies
import OCISpec

/// An analysis as Docker Scout prints it.
///
/// Every function returns lines joined by line feeds, with one at the end and no blanks at the ends of lines. Names from outside
/// are made harmless.
public enum ScoutText {
    /// The marks of the lists.
    static func mark(_ state: Verdict) -> String {
        switch state {
        case .passed: "✓"
        case .failed: "!"
        case .unknown: "?"
        }
    }

    static func joined(_ lines: [String]) -> String { lines.map(\.trimmedRight).joined(separator: "\n") + "\n" }
}

extension ScoutText {
    /// The lines that say what was found on the way: SBOM, provenance, base image.
    public static func status(_ report: AnalysisReport) -> String { joined(statusLines(report)) }

    static func statusLines(_ report: AnalysisReport) -> [String] {
        var lines: [String] = []
        switch report.sbom.kind {
        case .attestation:
            lines.append("    ✓ SBOM obtained from attestation, \(report.sbom.packageCount) packages found")
        case .indexed: lines.append("    ✓ Indexed \(report.sbom.packageCount) packages")
        case .document: lines.append("    ✓ SBOM read, \(report.sbom.packageCount) packages found")
        }
        lines += doubtLines(report)
        if report.provenance != nil { lines.append("    ✓ Provenance obtained from attestation") }
        if case .image(let base) = report.base, base.source == .layers {
            lines.append(
                "    i Base image was auto-detected. To get more accurate results, build images with max-mode provenance attestations."
            )
        }
        return lines
    }

    /// What could not be read and what could not be judged, of how many; none where everything is known.
    static func doubtLines(_ report: AnalysisReport) -> [String] {
        let hidden = report.unknowns.filter(\.mayHidePackages)
        var lines = hidden.prefix(5).map { "    ? " + $0.reason.harmless }
        if hidden.count > 5 { lines.append("    ? … and \(hidden.count - 5) more that are not known") }
        if !report.vulnerabilities.unjudged.isEmpty { lines.append("    ? " + report.judgedShare) }
        return lines
    }

    /// A cell of counts. Where packages are not known or could not be judged, nothing found is no data: it must not read as clean.
    static func counts(_ counts: SeverityCounts, of report: AnalysisReport) -> String {
        self.counts(counts, isKnown: report.vulnerabilityDoubt == nil)
    }

    /// A cell of counts, where nothing found says something only if all is known.
    static func counts(_ counts: SeverityCounts, isKnown: Bool) -> String {
        !isKnown && counts == SeverityCounts() ? ScoutCell.text("No data") : ScoutCell.counts(counts)
    }

    /// What `quickview` prints: the status lines, the target and its base, and the policies.
    public static func quickview(_ report: AnalysisReport, showsPolicies: Bool = true) -> String {
        var lines = statusLines(report) + [""] + targetTable(report)
        if showsPolicies { lines += [""] + policyLines(report.policies) }
        return joined(lines)
    }

    private static func targetTable(_ report: AnalysisReport) -> [String] {
        let indent = ScoutLayout(profile: report.policies.profile).indent
        var rows = [
            [indent + "Target", "  " + report.name.harmless + "  ", counts(report.vulnerabilities.counts, of: report)],
            [indent + "  digest", "  " + report.digest.short + "  ", ""],
        ]
        switch report.base {
        case .image(let base):
            let name = base.familiarName ?? base.digest?.short ?? "unknown"
            let isBlind = report.packageDoubt != nil && report.baseCounts == SeverityCounts()
            let cell =
                report.baseCounts.map { isBlind ? ScoutCell.text("No data") : ScoutCell.counts($0) }
                ?? ScoutCell.text("No data")
            rows.append([indent + "Base image", "  " + name.harmless + "  ", cell])
        case .unknown: rows.append([indent + "Base image", "  unknown  ", ScoutCell.text("No data")])
        case .scratch: break
        }
        let width = (rows.map { $0[0].count }.max() ?? 0) + 1
        return ScoutTable(rows: rows, headers: nil, widths: [width, 0, 0]).lines()
    }

    /// The status line and the table of policies; in the look of 2026 with the health score.
    public static func policies(_ report: PolicyReport) -> String { joined(policyLines(report)) }

    static func policyLines(_ report: PolicyReport) -> [String] {
        let layout = ScoutLayout(profile: report.profile)
        var lines = [statusLine(report)]
        if layout == .current {
            if let score = report.healthScore { lines.append(healthScoreLine(score)) }
            if report.healthScoreNotApplicable != nil { lines.append("Health score  N/A") }
        }
        lines.append("")
        let hasCounts = report.results.contains { if case .counts = $0.cell { true } else { false } }
        let cells = report.results.map { result -> String in
            switch result.cell {
            case .counts(let counts): ScoutCell.counts(counts)
            default: result.cell.text.map(ScoutCell.text) ?? ""
            }
        }
        let rows = zip(report.results, cells).map { result, cell in
            [layout.indent + mark(result.state) + "      ", " " + result.title + " ", cell]
        }
        let longest = cells.map(\.count).max() ?? 0
        let table = ScoutTable(
            rows: rows,
            headers: [layout.indent + "Status ", "Policy", "Results"],
            widths: [0, 0, hasCounts ? max(layout.countWidth, longest + 2) : max(longest + 2, 12)]
        )
        return lines + table.lines() + partialLines(report)
    }

    /// What stands beside the counts of a table: how many things could not be judged; a line each, empty when all could.
    static func partialLines(_ report: PolicyReport, of name: String? = nil) -> [String] {
        let lines = report.results.filter(\.cell.isPartial).flatMap { result in
            result.remarks.map { "  i " + ((name.map { $0 + ", " } ?? "") + result.title + ": " + $0).harmless }
        }
        return lines.isEmpty ? [] : [""] + lines
    }

    /// `Policy status  FAILED  (6/7 policies met)`.
    public static func statusLine(_ report: PolicyReport) -> String {
        "Policy status  \(report.statusWord)  (\(report.summary))"
    }

    /// `Health score  B  (72%)`.
    public static func healthScoreLine(_ score: HealthScore) -> String {
        "Health score  \(score.grade)  (\(score.percent)%)"
    }
}

extension ScoutText {
    /// Why policies have no data, and what else is worth knowing: an explanation below the table, empty when there is none.
    ///
    /// For standard error, so that the table stays as people know it.
    public static func notes(_ report: AnalysisReport) -> String {
        var lines: [String] = []
        for result in report.policies.results {
            if let reason = result.noDataReason { lines.append("  ? \(result.title): \(reason.harmless)") }
            for remark in result.remarks where !result.cell.isPartial {
                lines.append("  i \(result.title): \(remark.harmless)")
            }
        }
        if let reason = report.policies.healthScoreNotApplicable,
            ScoutLayout(profile: report.policies.profile) == .current
        {
            lines.append("  i Health score: \(reason.harmless)")
        }
        lines += findingLines(report)
        if report.size.isRecorded, let source = report.size.recordedOf {
            lines.append(
                report.size.isOfRelative
                    ? "  i The base image is a model. No size is recorded of it; sizes are those of its nearest relative, \(source.harmless)."
                    : "  i The base image is a model; sizes are those recorded of \(source.harmless)."
            )
        }
        return lines.isEmpty ? "" : joined(lines)
    }

    /// What does not fit together, one line each.
    public static func findings(_ report: AnalysisReport) -> String {
        let lines = findingLines(report)
        return lines.isEmpty ? "" : joined(lines)
    }

    private static func findingLines(_ report: AnalysisReport) -> [String] {
        report.findings.map { "  i " + $0.message.harmless }
    }

    /// What to type next; for standard error and only on a terminal.
    public static func whatsNext(_ name: String) -> String {
        joined([
            "What's next:", "    View policy violations → docker scout policy \(name.harmless)",
            "    View vulnerabilities → docker scout cves \(name.harmless)",
            "    View base image update recommendations → docker scout recommendations \(name.harmless)",
        ])
    }
}
