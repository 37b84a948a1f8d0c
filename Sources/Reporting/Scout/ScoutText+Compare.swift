// SPDX-License-Identifier: Apache-2.0

// Source: public output of Docker Scout, `compare`.

import Advisories
import Diagnostics
public import ImageAnalysis
import ImagePolicies
import OCISpec
public import Packages

extension ScoutText {
    /// What `compare` prints: both images side by side, their policies, and the packages that differ.
    ///
    /// - Parameters:
    ///   - report: the image that is looked at.
    ///   - other: the image that it is compared with.
    ///   - showsPolicies: whether the policies are shown.
    public static func compare(
        _ report: AnalysisReport,
        to other: AnalysisReport,
        showsPolicies: Bool = true
    ) -> String {
        var lines = ["## Overview", ""] + comparison(report, other)
        if showsPolicies { lines += ["", "## Policies", ""] + comparedPolicies(report.policies, other.policies) }
        if showsPolicies {
            lines += partialLines(report.policies, of: report.name) + partialLines(other.policies, of: other.name)
        }
        lines += ["", "## Packages", ""] + comparedPackages(report, other)
        return joined(lines)
    }

    private static func comparison(_ report: AnalysisReport, _ other: AnalysisReport) -> [String] {
        let (new, old) = (report.vulnerabilities.counts, other.vulnerabilities.counts)
        var rows = [
            ["  Target", "  " + report.name.harmless, "  " + other.name.harmless],
            ["    digest", "  " + report.digest.short, "  " + other.digest.short],
            ["    platform", " " + report.platform.description.harmless, " " + other.platform.description.harmless],
            ["    vulnerabilities", counts(new, of: report), counts(old, of: other)],
        ]
        // Two counts of which one is a guess have no difference.
        let isComparable = report.vulnerabilityDoubt == nil && other.vulnerabilityDoubt == nil
        let difference = ScoutCell.difference(new, from: old)
        if !difference.isEmpty, isComparable { rows.append(["", difference, ""]) }
        rows.append([
            "    size", " " + report.size.text + change(report.size.bytes, other.size.bytes), " " + other.size.text,
        ])
        let packages = (report.packageCount, other.packageCount)
        let delta = packages.0 - packages.1
        rows.append([
            "    packages", " \(packages.0)" + (delta == 0 ? "" : " (\(delta > 0 ? "+" : "")\(delta))"),
            " \(packages.1)",
        ])
        rows.append(["  Base image", "  " + base(report), "  " + base(other)])
        let widths = (0..<3).map { column in (rows.map { $0[column].count }.max() ?? 0) + 2 }
        return ScoutTable(rows: rows, headers: ["", "Analyzed Image", "Comparison Image"], widths: widths).lines()
    }

    /// The difference in whole megabytes, in brackets; empty when there is none.
    private static func change(_ new: Int, _ old: Int) -> String {
        let megabytes = (Double(new - old) / 1_000_000).rounded()
        return megabytes == 0 ? "" : " (\(megabytes > 0 ? "+" : "")\(Int(megabytes)) MB)"
    }

    private static func base(_ report: AnalysisReport) -> String {
        guard case .image(let found) = report.base else { return "none found" }
        return (found.familiarName ?? found.digest?.short ?? "unknown").harmless
    }

    private static func comparedPolicies(_ new: PolicyReport, _ old: PolicyReport) -> [String] {
        let rows = new.results.map { result in
            [
                "  " + result.passingTitle, "  " + mark(result.state) + cell(result),
                old.result(result.id).map { "  " + mark($0.state) + cell($0) } ?? "",
            ]
        }
        let widths = (0..<3).map { column in (rows.map { $0[column].count }.max() ?? 0) + 2 }
        let headers = ["Policy", "\(new.met)/\(new.total) met", "\(old.met)/\(old.total) met"]
        return ScoutTable(rows: rows, headers: headers, widths: zip(widths, headers).map { max($0, $1.count + 2) })
            .lines()
    }

    private static func cell(_ result: PolicyResult) -> String {
        switch result.cell {
        case .counts(let counts): ScoutCell.counts(counts)
        default: result.cell.text.map { "  " + $0 } ?? ""
        }
    }

    private static func comparedPackages(_ report: AnalysisReport, _ other: AnalysisReport) -> [String] {
        let differences = PackageDifference.list(report.packages, other.packages)
        guard !differences.isEmpty else { return ["  The packages are the same."] }
        return differences.map { difference in
            let mark = difference.new == nil ? "-" : difference.old == nil ? "+" : "~"
            let versions = [difference.old, difference.new].compactMap(\.self).joined(separator: " → ")
            return "  \(mark)  \(difference.type)  \(difference.name)  \(versions)".harmless
        }
    }
}

/// A package that two images do not have alike.
public struct PackageDifference: Sendable, Hashable, Codable {
    /// The ecosystem.
    public let type: String
    /// The name.
    public let name: String
    /// The versions in the image that is looked at, joined by commas; nil when it has none.
    public let new: String?
    /// The versions in the image that it is compared with, joined by commas; nil when it has none.
    public let old: String?

    /// What differs between two lists, sorted by type and name.
    public static func list(_ new: [Package], _ old: [Package]) -> [PackageDifference] {
        func versions(_ packages: [Package]) -> [[String]: Set<String>] {
            Dictionary(grouping: packages) { [$0.type.rawValue, $0.name] }.mapValues { Set($0.map(\.version)) }
        }
        let (after, before) = (versions(new), versions(old))
        return Set(after.keys).union(before.keys).sorted { $0.lexicographicallyPrecedes($1) }.compactMap { key in
            guard after[key] != before[key] else { return nil }
            func text(_ set: Set<String>?) -> String? { set.map { $0.sorted().joined(separator: ", ") } }
            return PackageDifference(type: key[0], name: key[1], new: text(after[key]), old: text(before[key]))
        }
    }
}
