// SPDX-License-Identifier: Apache-2.0

// Source: public output of Docker Scout's `recommendations`.

import Advisories
import Diagnostics
import ImageAnalysis
import ImagePolicies
import OCISpec
import Packages

/// The severities, as loops over counts need them.
enum VulnerabilityKinds {
    static let all: [VulnerabilitySeverity] = [.critical, .high, .medium, .low, .unspecified]
}

extension SeverityCounts {
    /// All of them together.
    var total: Int { VulnerabilityKinds.all.reduce(0) { $0 + self[$1] } }
}

extension ScoutText {
    /// What `recommendations` prints: the base image, whether to refresh it, and what to change it for.
    ///
    /// - Parameters:
    ///   - showsRefresh: whether the part about a newer digest of the same tag is shown.
    ///   - showsUpdate: whether the part about other tags is shown.
    public static func recommendations(
        _ advice: BaseImageAdvice,
        showsRefresh: Bool = true,
        showsUpdate: Bool = true
    ) -> String {
        var lines = [
            "Recommended fixes for image  \(advice.image.harmless)", "", "  Base image is  \(advice.name.harmless)", "",
        ]
        lines += facts(advice)
        if !advice.otherTags.isEmpty {
            lines += [
                "",
                "  │ The base image is also available under the supported tag(s)  \(advice.otherTags.joined(separator: " , ").harmless)",
            ]
        }
        if showsRefresh { lines += [""] + refresh(advice) }
        if showsUpdate { lines += [""] + update(advice) }
        return joined(lines)
    }

    private static func facts(_ advice: BaseImageAdvice) -> [String] {
        guard let base = advice.base else { return ["  Nothing more is known of this image."] }
        var rows = [
            ["  Name ", "  " + (advice.name.split(separator: ":").last.map(String.init) ?? advice.name).harmless],
            ["  Digest ", "  " + base.digest.description],
            ["  Vulnerabilities ", counts(base.vulnerabilities.counts, of: base)], ["  Size ", "  " + base.size.text],
            ["  Packages ", "  \(base.packageCount)"],
        ]
        if let distribution = base.distribution {
            rows.append(["  Flavor ", "  " + distribution.id.harmless])
            if let version = distribution.versionID { rows.append(["  OS ", "  " + version.harmless]) }
        }
        if let runtime = base.runtime { rows.append(["  Runtime ", "  " + runtime.harmless]) }
        return ScoutTable(rows: rows, headers: nil, widths: [0, 0]).lines()
    }

    private static func refresh(_ advice: BaseImageAdvice) -> [String] {
        var lines = [
            "Refresh base image",
            "  Rebuild the image using a newer base image version. Updating this may result in breaking changes.", "",
        ]
        guard let result = advice.freshness else {
            return lines + ["  ? Whether the tag has moved on was not looked at."]
        }
        switch result.state {
        case .passed: lines.append("  ✓ This image version is up to date.")
        case .failed:
            lines += result.deviations.map { "  ! " + ($0.subject + ": " + $0.detail).harmless }
            if let remediation = result.remediation { lines.append("    " + remediation.harmless) }
        case .unknown: lines.append("  ? No data: " + (result.noDataReason ?? "the tag is not recorded").harmless)
        }
        for deviation in advice.approval?.deviations ?? [] {
            lines.append("  ! " + (deviation.subject + ": " + deviation.detail).harmless)
        }
        return lines
    }

    private static func update(_ advice: BaseImageAdvice) -> [String] {
        let lines = [
            "Change base image",
            "  The list displays new recommended tags in descending order, where the top results are rated as most suitable.",
            "",
        ]
        guard !advice.choices.isEmpty else { return lines + ["  ? No data: no other supported tag is described."] }
        var rows: [[String]] = []
        for choice in advice.choices {
            let report = choice.report
            var details = advice.benefits(of: choice).map { " • " + $0 + " " }
            if !details.isEmpty { details.insert(" Benefits: ", at: 0) }
            details += [" Image details: ", " • Size: \(report.size.text) "]
            if let runtime = report.runtime { details.append(" • Runtime: \(runtime.harmless) ") }
            var names = ["   " + choice.tag.harmless + " "]
            if !choice.otherTags.isEmpty {
                names.append("  Also known as: ")
                names += choice.otherTags.map { "  • " + $0.harmless + " " }
            }
            var cells = [counts(report.vulnerabilities.counts, of: report)]
            if let base = advice.base, base.vulnerabilityDoubt == nil, report.vulnerabilityDoubt == nil {
                cells.append(ScoutCell.difference(report.vulnerabilities.counts, from: base.vulnerabilities.counts))
            }
            for index in 0..<max(names.count, details.count, cells.count) {
                func at(_ list: [String]) -> String { list.indices.contains(index) ? list[index] : "" }
                rows.append([at(names), at(details), index == 0 ? " " + (choice.recorded ?? "-") + " " : "", at(cells)])
            }
        }
        let table = ScoutTable(
            rows: rows,
            headers: ["              Tag ", "Details", "Pushed", "Vulnerabilities"],
            widths: [0, 0, 13, 30]
        )
        return lines + table.lines()
    }
}
