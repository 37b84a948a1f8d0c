// SPDX-License-Identifier: Apache-2.0

// Source: GitLab's security report schemas, container-scanning 15.0.7.

import Advisories
import Diagnostics
import ImageAnalysis
import JSONValues
import OCISpec
import Packages

/// `cves --format gitlab`: a container scanning report for GitLab.
public struct CVEsGitLab: ReportFormat {
    /// `gitlab`.
    public var name: String { "gitlab" }

    /// Makes the form.
    public init() {}

    /// The document.
    public func render(_ listing: VulnerabilityListing) -> String {
        text(Self.document(listing))
    }

    /// The document as indented JSON, without a line feed at the end; the same report gives the same bytes.
    ///
    /// The times are the beginning of the day for which the image was judged.
    /// What somebody who is trusted marks as not mattering is left out: the format has no word for it.
    static func document(_ listing: VulnerabilityListing) -> [UInt8] {
        let report = listing.report
        let program: JSONValue = [
            "id": "seaworthy", "name": "Seaworthy", "version": .string(report.engineVersion),
            "vendor": ["name": "Seaworthy"],
        ]
        let time: JSONValue = .string(report.today + "T00:00:00")
        let messages: [JSONValue] = report.vulnerabilityUnknowns.map {
            ["level": "warn", "value": .string($0.harmless)]
        }
        var scan = JSONObject()
        scan.append("type", "container_scanning")
        scan.append("status", "success")
        scan.append("start_time", time)
        scan.append("end_time", time)
        scan.append("analyzer", program)
        scan.append("scanner", program)
        if !messages.isEmpty { scan.append("messages", .array(messages)) }
        let document: JSONValue = [
            "version": "15.0.7", "scan": .object(scan),
            "vulnerabilities": .array(listing.matches.filter { $0.mark == nil }.map { vulnerability($0, report) }),
            "remediations": [],
        ]
        return document.bytes()
    }

    private static func vulnerability(_ match: VulnerabilityMatch, _ report: AnalysisReport) -> JSONValue {
        let system =
            report.distribution.map { [$0.id, $0.versionID].compactMap(\.self).joined(separator: " ") } ?? "unknown"
        let title = match.title.isEmpty ? match.id : match.title
        let kind = match.id.hasPrefix("CVE-") ? "cve" : match.id.hasPrefix("GHSA-") ? "ghsa" : "seaworthy"
        let severity =
            match.severity == .unspecified
            ? "Unknown" : match.severity.rawValue.prefix(1) + match.severity.rawValue.dropFirst().lowercased()
        return [
            "id": .string([match.id, match.package.purl.description, report.digest.short].joined(separator: " ")),
            "name": .string(match.id), "description": .string(title.harmless), "severity": .string(String(severity)),
            "solution": .string(
                (match.fixedVersion.map { "Upgrade \(match.package.name) to \($0)" } ?? "No fix is recorded").harmless
            ),
            "location": [
                "dependency": [
                    "package": ["name": .string(match.package.name.harmless)],
                    "version": .string(match.package.version.harmless),
                ],
                "operating_system": .string(system.harmless), "image": .string(report.name.harmless),
            ],
            "identifiers": [
                [
                    "type": .string(kind), "name": .string(match.id), "value": .string(match.id),
                    "url": .string(ScoutText.link(match)),
                ]
            ],
            "links": [["url": .string(ScoutText.link(match))]],
        ]
    }
}
