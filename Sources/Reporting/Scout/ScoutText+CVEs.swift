// SPDX-License-Identifier: Apache-2.0

public import Advisories
import Diagnostics
public import ImageAnalysis
import ImagePolicies
import OCISpec
import Packages

extension ScoutText {
    /// What `cves` prints: the image, and each package with its vulnerabilities, the worst first.
    ///
    /// - Parameter showsLocations: whether each package comes with the files that it was found in.
    public static func cves(
        _ report: AnalysisReport,
        filter: VulnerabilityFilter = VulnerabilityFilter(),
        showsLocations: Bool = false
    ) -> String {
        let shown = report.vulnerabilities.matches.filter(filter.shows)
        let matches = shown.filter { $0.mark == nil }
        let groups = packages(with: matches)
        var lines = statusLines(report)
        let doubt = report.vulnerabilityDoubt(under: filter)
        if groups.isEmpty {
            lines.append(
                doubt == nil
                    ? "    ✓ No vulnerable package detected"
                    : report.packageDoubt == nil
                        ? "    ? No vulnerable package detected, but not all packages could be judged"
                        : "    ? No vulnerable package detected, but not all packages are known"
            )
        } else {
            let vulnerabilities = matches.count == 1 ? "1 vulnerability" : "\(matches.count) vulnerabilities"
            lines.append(
                groups.count == 1
                    ? "    ✗ Detected 1 vulnerable package with \(vulnerabilities)"
                    : "    ✗ Detected \(groups.count) vulnerable packages with a total of \(vulnerabilities)"
            )
        }
        lines +=
            ["", "", "## Overview", ""]
            + overview(report, rows: overviewRows(report, matches: matches, isKnown: doubt == nil))
        lines += ["", "", "## Packages and Vulnerabilities", ""]
        guard !shown.isEmpty else {
            return joined(lines + [doubt.map { "  No data: " + $0.harmless } ?? "  No vulnerable packages detected"])
        }
        for group in packages(with: shown) { lines += block(group, showsLocations: showsLocations) + [""] }
        if let doubt { lines += ["  There may be more: " + doubt.harmless, ""] }
        lines += footer(matches, packageCount: groups.count)
        if shown.count > matches.count { lines.append("  SUPPRESSED   \(shown.count - matches.count)") }
        return joined(lines)
    }

    /// `cves --format only-packages`: every package with its version, type and counts; all of them or only vulnerable ones.
    public static func onlyPackages(
        _ report: AnalysisReport,
        onlyVulnerable: Bool,
        filter: VulnerabilityFilter = VulnerabilityFilter()
    ) -> String {
        var groups: [PackageIdentity: [VulnerabilityMatch]] = [:]
        for match in report.vulnerabilities.matches where filter.shows(match) {
            for subject in Set(match.packages.map(PackageIdentity.init)) { groups[subject, default: []].append(match) }
        }
        let silent = Set(
            report.vulnerabilities.unjudged.map { PackageIdentity(type: $0.type, name: $0.name, version: $0.version) }
        )
        var seen: Set<PackageIdentity> = []
        let rows = report.packages.compactMap { package -> [String]? in
            let subject = PackageIdentity(package)
            let matches = groups[subject] ?? []
            guard seen.insert(subject).inserted, !(onlyVulnerable && matches.isEmpty) else { return nil }
            let counts = SeverityCounts(of: matches)
            let isSilent = matches.isEmpty && silent.contains(subject)
            return [
                "  " + package.name.harmless + " ", " " + package.version.harmless + " ",
                " " + package.type.rawValue + " ",
                isSilent ? ScoutCell.text("No data") : ScoutCell.counts(counts),
            ]
        }
        let table = ScoutTable(
            rows: rows,
            headers: ["  Name", "Version", "Type", "Vulnerabilities"],
            widths: [0, 0, 0, 30]
        )
        let doubts = doubtLines(report)
        return joined(table.lines() + (doubts.isEmpty ? [] : [""] + doubts))
    }

    /// The matches by package, packages in the order of their worst one.
    private static func packages(with matches: [VulnerabilityMatch]) -> [[VulnerabilityMatch]] {
        var order: [PackageIdentity] = []
        var groups: [PackageIdentity: [VulnerabilityMatch]] = [:]
        for match in matches {
            let subject = PackageIdentity(match.package)
            if groups[subject] == nil { order.append(subject) }
            groups[subject, default: []].append(match)
        }
        return order.compactMap { groups[$0] }
    }

    private static func overviewRows(
        _ report: AnalysisReport,
        matches: [VulnerabilityMatch],
        isKnown: Bool
    ) -> [[String]] {
        var rows: [[String]] = []
        if let source = report.provenance?.source {
            rows.append(["   provenance", " " + source.harmless])
            if let revision = report.provenance?.revision { rows.append(["", "  " + revision.harmless]) }
        }
        rows.append(["   vulnerabilities", counts(SeverityCounts(of: matches), isKnown: isKnown)])
        rows.append(["   size", " " + report.size.text])
        rows.append(["   packages", " \(report.packageCount)"])
        if !report.vulnerabilities.unjudged.isEmpty {
            let share = "\(report.vulnerabilities.judgedCount) of \(report.vulnerabilities.packageCount)"
            rows.append(["   judged", " " + share])
        }
        if case .image(let base) = report.base {
            rows.append(["", ""])
            rows.append([" Base image", "  " + (base.familiarName ?? "unknown").harmless])
            if let digest = base.digest { rows.append(["", "  " + digest.short]) }
        }
        return rows
    }

    private static func block(_ matches: [VulnerabilityMatch], showsLocations: Bool) -> [String] {
        guard let first = matches.first else { return [] }
        let package = first.package
        let counts = " " + ScoutCell.groups(SeverityCounts(of: matches)).joined(separator: "   ")
        var lines = ["\(counts)  \(package.name.harmless) \(package.version.harmless)"]
        lines.append(package.scoutPURL.description)
        if first.packageNames.count > 1 {
            lines.append("installed as " + first.packageNames.joined(separator: ", ").harmless)
        }
        if showsLocations { lines += package.locations.map(\.path.harmless) }
        lines.append("")
        for match in matches { lines += details(match) + [""] }
        return lines
    }

    private static func details(_ match: VulnerabilityMatch) -> [String] {
        let title = match.title.isEmpty ? "" : " [\(match.title.harmless)]"
        let marks =
            (match.mark == nil ? "" : " SUPPRESSED") + (match.isKEV ? " KNOWN EXPLOITED" : "")
            + (match.isHighProfile ? " HIGH-PROFILE" : "")
        var lines = [
            "    ✗ \(match.severity.rawValue) \(match.id.harmless)\(marks)\(title)", "    " + link(match),
        ]
        for (index, part) in match.affectedRange.split(separator: ",").enumerated() {
            lines.append("    \(index == 0 ? "Affected range" : "              ") : \(part)".replacingHarmful)
        }
        lines.append("    Fixed version  : " + (match.fixedVersion ?? "not fixed").harmless)
        if let score = match.score {
            let tenths = Int((score * 10).rounded())
            lines.append("    CVSS Score     : \(tenths / 10).\(tenths % 10)")
        }
        if let vector = match.vector { lines.append("    CVSS Vector    : " + vector.harmless) }
        lines.append("    Rated by       : " + match.severitySource.harmless)
        if let mark = match.mark { lines.append("    VEX            : " + mark.phrase.harmless) }
        return lines
    }

    /// The page that Docker Scout has for a vulnerability.
    public static func link(_ match: VulnerabilityMatch) -> String {
        let query = [
            ("s", match.source), ("n", match.advisoryName), ("t", match.package.type.rawValue),
            ("vr", match.affectedRange),
        ]
        return "https://scout.docker.com/v/" + escaped(match.id) + "?"
            + query.map { $0.0 + "=" + escaped($0.1) }.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
            }
        }
        return result
    }

    private static func footer(_ matches: [VulnerabilityMatch], packageCount: Int) -> [String] {
        let counts = SeverityCounts(of: matches)
        let what = matches.count == 1 ? "1 vulnerability" : "\(matches.count) vulnerabilities"
        var lines = ["\(what) found in \(packageCount == 1 ? "1 package" : "\(packageCount) packages")"]
        for severity in [VulnerabilitySeverity.critical, .high, .medium, .low] {
            lines.append("  " + ScoutCell.pad(severity.rawValue, right: 11) + "  \(counts[severity])")
        }
        if counts.unspecified > 0 { lines.append("  UNSPECIFIED  \(counts.unspecified)") }
        return lines
    }
}

extension String {
    /// A line of ours with foreign text in it.
    fileprivate var replacingHarmful: String { harmless }
}
