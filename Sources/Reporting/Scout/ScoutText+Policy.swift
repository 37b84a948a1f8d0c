// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import ImageAnalysis
import ImagePolicies
import OCISpec

extension ScoutText {
    /// What `policy` prints: the image, the table of policies, and for each that is not met what deviates and what to do.
    public static func policy(_ report: AnalysisReport) -> String {
        var lines = statusLines(report) + ["", "## Overview", ""]
        lines += overview(report, rows: [])
        lines += ["", "## Policies", ""] + policyLines(report.policies)
        for result in report.policies.results where result.state != .passed {
            lines += ["", "### " + result.title, ""]
            if let reason = result.noDataReason { lines.append("  No data: " + reason.harmless) }
            for deviation in result.deviations {
                lines.append("  • " + (deviation.subject + ": " + deviation.detail).harmless)
            }
            if let remediation = result.remediation { lines += ["", "  To do: " + remediation.harmless] }
        }
        let remarks = report.policies.results.filter { !$0.cell.isPartial }.flatMap { result in
            result.remarks.map { "  i " + (result.title + ": " + $0).harmless }
        }
        if !remarks.isEmpty { lines += ["", "### Remarks", ""] + remarks }
        return joined(lines)
    }

    /// The table "Analyzed Image".
    static func overview(_ report: AnalysisReport, rows: [[String]]) -> [String] {
        let head = [
            [" Target", "  " + report.name.harmless], ["   digest", "  " + report.digest.short],
            ["   platform", " " + report.platform.description.harmless],
        ]
        let all = head + rows
        let left = (all.map { $0[0].count }.max() ?? 0) + 1
        let right = (all.map { $0[1].count }.max() ?? 0) + 2
        return ScoutTable(rows: all, headers: ["", "Analyzed Image"], widths: [left, right]).lines()
    }
}
