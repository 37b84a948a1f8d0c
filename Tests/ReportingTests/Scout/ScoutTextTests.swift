// SPDX-License-Identifier: Apache-2.0

import Advisories
import BaseImages
import Diagnostics
import Foundation
import ImageAnalysis
import ImagePolicies
import OCISpec
import Packages
import Testing

@testable import Reporting

/// Reports made by hand, for golden texts.
enum ScoutSample {
    static func digest(_ byte: UInt8) throws -> Digest {
        try #require(Digest(algorithm: .sha256, hash: [UInt8](repeating: byte, count: 32)))
    }

    static let identity = DataSetIdentity(version: "2026.11.23", digest: "sha256:d", asOf: "2026-10-01")

    static func result(_ title: String, _ state: Verdict, _ cell: PolicyCell = .empty, weight: Int = 10) -> PolicyResult
    {
        PolicyResult(
            id: title,
            title: title,
            passingTitle: title,
            state: state,
            cell: cell,
            deviations: state == .failed ? [PolicyDeviation(subject: "root (implicit)", detail: "no USER is set")] : [],
            noDataReason: state == .unknown ? "the base image is not known" : nil,
            remediation: state == .passed ? nil : "name an account with USER",
            weight: weight
        )
    }

    static func counts(_ c: Int = 0, _ h: Int = 0, _ m: Int = 0, _ l: Int = 0, _ u: Int = 0) -> SeverityCounts {
        var counts = SeverityCounts()
        (counts.critical, counts.high, counts.medium, counts.low, counts.unspecified) = (c, h, m, l, u)
        return counts
    }

    /// The tutorial's report: six of seven.
    static func tutorial(profile: String = "classic") -> PolicyReport {
        PolicyReport(
            profile: profile,
            results: [
                result("No default non-root user found", .failed, weight: 5),
                result("No AGPL v3 licenses", .passed, .count(0, unit: "package"), weight: 5),
                result("No fixable critical or high vulnerabilities", .passed, .counts(counts()), weight: 20),
                result("No high-profile vulnerabilities", .passed, .counts(counts()), weight: 20),
                result("No outdated base images", .passed, weight: 10),
                result("No unapproved base images", .passed, .count(0, unit: "deviation"), weight: 15),
                result("Supply chain attestations", .passed, .count(0, unit: "deviation"), weight: 15),
            ],
            formula: .classic
        )
    }

    static func match(
        _ id: String,
        _ severity: VulnerabilitySeverity,
        _ name: String = "express",
        fixed: String? = "4.17.3"
    ) -> VulnerabilityMatch {
        VulnerabilityMatch(
            id: id,
            package: Package(type: .npm, name: name, version: "4.17.1", foundBy: "t"),
            title: "Prototype pollution in qs",
            severity: severity,
            severitySource: "GitHub",
            score: severity == .high ? 7.5 : nil,
            vector: severity == .high ? "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H" : nil,
            fixedVersion: fixed,
            affectedRange: ">=4.0.0,<4.17.3",
            source: "github"
        )
    }

    static func report(
        policies: PolicyReport = tutorial(),
        matches: [VulnerabilityMatch] = [],
        packages: [Package] = [],
        baseCounts: SeverityCounts? = counts(2, 59, 80, 172, 4),
        unknowns: [Unknown] = [],
        unjudged: [UnjudgedPackage] = [],
        sbom: SBOMSource.Kind = .attestation
    ) throws -> AnalysisReport {
        try AnalysisReport(
            name: "acme/memes-r-us:v1",
            digest: digest(0xC2),
            platform: .linuxAMD64,
            created: nil,
            user: nil,
            size: ImageSize(bytes: 81_000_000),
            distribution: nil,
            sbom: SBOMSource(kind: sbom, packageCount: 312),
            packages: packages,
            provenance: ProvenanceSummary(predicateType: "x", mode: .max, source: nil, revision: nil),
            attestations: AttestationSummary(sbom: .present, provenance: .present, provenanceMode: .max),
            base: .image(
                FoundBaseImage(reference: ImageReference(parsing: "node:18"), digest: digest(1), source: .provenance)
            ),
            baseCounts: baseCounts,
            vulnerabilities: MatchReport(
                matches: matches,
                dataSet: identity,
                gaps: Dictionary(grouping: unjudged, by: \.ecosystem).sorted { $0.key < $1.key }.map {
                    CoverageGap(ecosystem: $0.key, packages: $0.value.map(\.name).sorted())
                },
                packageCount: packages.count,
                unjudged: unjudged
            ),
            policies: policies,
            findings: [],
            unknowns: unknowns,
            factsAsOf: "2026-09-23",
            today: "2026-11-23",
            engineVersion: "0"
        )
    }
}

@Suite("Scout's texts")
struct ScoutTextTests {
    @Test("The policy table is the tutorial's, line for line")
    func tutorial() {
        let expected = """
            Policy status  FAILED  (6/7 policies met)

              Status │                   Policy                    │           Results
            ─────────┼─────────────────────────────────────────────┼──────────────────────────────
              !      │ No default non-root user found              │
              ✓      │ No AGPL v3 licenses                         │    0 packages
              ✓      │ No fixable critical or high vulnerabilities │    0C     0H     0M     0L
              ✓      │ No high-profile vulnerabilities             │    0C     0H     0M     0L
              ✓      │ No outdated base images                     │
              ✓      │ No unapproved base images                   │    0 deviations
              ✓      │ Supply chain attestations                   │    0 deviations

            """
        #expect(ScoutText.policies(ScoutSample.tutorial()) == expected)
    }

    @Test("The table of 2026 has one blank less and a health score")
    func current() {
        let expected = """
            Policy status  FAILED  (6/7 policies met)
            Health score  A  (94%)

             Status │                   Policy                    │           Results
            ────────┼─────────────────────────────────────────────┼─────────────────────────────
             !      │ No default non-root user found              │
             ✓      │ No AGPL v3 licenses                         │    0 packages
            """
        #expect(ScoutText.policies(ScoutSample.tutorial(profile: "current")).hasPrefix(expected + "\n"))
    }

    @Test("Quickview shows target and base with their counts")
    func quickview() throws {
        let matches = [ScoutSample.match("CVE-1", .high), ScoutSample.match("CVE-2", .unspecified)]
        let text = try ScoutText.quickview(ScoutSample.report(matches: matches), showsPolicies: false)
        let expected = """
                ✓ SBOM obtained from attestation, 312 packages found
                ✓ Provenance obtained from attestation

              Target     │  acme/memes-r-us:v1  │    0C     1H     0M     0L     1?
                digest   │  c2c2c2c2c2c2        │
              Base image │  node:18             │    2C    59H    80M   172L     4?

            """
        #expect(text == expected)
    }

    @Test("An image on a base that nobody knows does not read as clean")
    func unknownBase() throws {
        let unknown = Unknown(reason: "nothing is known of the base image", scope: .baseImage)
        let report = try ScoutSample.report(baseCounts: nil, unknowns: [unknown])
        let text = ScoutText.quickview(report, showsPolicies: false)
        #expect(text.contains("  Target     │  acme/memes-r-us:v1  │    No data\n"))
        #expect(text.contains("  Base image │  node:18             │    No data\n"))
        let cves = ScoutText.cves(report)
        #expect(cves.contains("vulnerabilities │    No data\n"))
        #expect(cves.contains("? No vulnerable package detected, but not all packages are known"))
        #expect(!cves.contains("0C") && !cves.contains("✓ No vulnerable"))
        let some = try ScoutSample.report(matches: [ScoutSample.match("CVE-1", .high)], unknowns: [unknown])
        #expect(ScoutText.quickview(some, showsPolicies: false).contains("│    0C     1H     0M     0L\n"))
    }

    @Test("Cells overflow to the right, differences stand under their groups")
    func cells() {
        #expect(ScoutCell.counts(ScoutSample.counts(0, 17, 38, 135, 4)) == "    0C    17H    38M   135L     4?")
        #expect(ScoutCell.counts(ScoutSample.counts(1, 2, 3, 12345)) == "    1C     2H     3M   12345L")
        let difference = ScoutCell.difference(
            ScoutSample.counts(0, 6, 1, 10),
            from: ScoutSample.counts(2, 59, 80, 172, 4)
        )
        #expect(difference == "    -2    -53    -79   -162     -4")
        #expect(
            ScoutCell.difference(ScoutSample.counts(0, 17, 38, 135, 4), from: ScoutSample.counts(2, 59, 80, 172, 4))
                == "    -2    -42    -42    -37"
        )
        #expect(ScoutCell.difference(ScoutSample.counts(1, 0, 0, 0), from: ScoutSample.counts()) == "    +1")
    }

    @Test("Missing data is told in the status line, in the cell and in the notes")
    func missingData() throws {
        let report = PolicyReport(
            profile: "classic",
            results: [
                ScoutSample.result("No default non-root user found", .failed),
                ScoutSample.result("No outdated base images", .unknown, .noData),
            ],
            formula: .classic
        )
        let text = ScoutText.policies(report)
        #expect(text.hasPrefix("Policy status  FAILED  (0/2 policies met, 1 missing data)\n"))
        #expect(text.contains("\n  ?      │ No outdated base images        │    No data\n"))
        #expect(
            try ScoutText.notes(ScoutSample.report(policies: report))
                == "  ? No outdated base images: the base image is not known\n"
        )
    }

    @Test("cves lists packages and their vulnerabilities")
    func cves() throws {
        let text = try ScoutText.cves(
            ScoutSample.report(matches: [
                ScoutSample.match("CVE-2022-24999", .high), ScoutSample.match("CVE-2025-1", .low, fixed: nil),
            ])
        )
        let expected = """
                ✓ SBOM obtained from attestation, 312 packages found
                ✓ Provenance obtained from attestation
                ✗ Detected 1 vulnerable package with 2 vulnerabilities


            ## Overview

                               │       Analyzed Image
            ───────────────────┼─────────────────────────────
             Target            │  acme/memes-r-us:v1
               digest          │  c2c2c2c2c2c2
               platform        │ linux/amd64
               vulnerabilities │    0C     1H     0M     1L
               size            │ 81 MB
               packages        │ 312
                               │
             Base image        │  node:18
                               │  010101010101


            ## Packages and Vulnerabilities

               0C     1H     0M     1L  express 4.17.1
            pkg:npm/express@4.17.1

                ✗ HIGH CVE-2022-24999 [Prototype pollution in qs]
                https://scout.docker.com/v/CVE-2022-24999?s=github&n=express&t=npm&vr=%3E%3D4.0.0%2C%3C4.17.3
                Affected range : >=4.0.0
                               : <4.17.3
                Fixed version  : 4.17.3
                CVSS Score     : 7.5
                CVSS Vector    : CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H
                Rated by       : GitHub

            """
        #expect(text.hasPrefix(expected))
        #expect(text.contains("    Fixed version  : not fixed\n"))
        #expect(
            text.hasSuffix(
                "2 vulnerabilities found in 1 package\n  CRITICAL     0\n  HIGH         1\n  MEDIUM       0\n  LOW          1\n"
            )
        )
    }

    @Test("cves says when there is nothing, and filters")
    func cvesFilters() throws {
        #expect(try ScoutText.cves(ScoutSample.report()).hasSuffix("  No vulnerable packages detected\n"))
        let matches = [
            ScoutSample.match("CVE-1", .critical, "a"), ScoutSample.match("CVE-2", .high, "b", fixed: nil),
            ScoutSample.match("CVE-3", .low, "c"),
        ]
        func shown(_ change: (inout VulnerabilityFilter) -> Void) -> [String] {
            var filter = VulnerabilityFilter()
            change(&filter)
            return matches.filter(filter.shows).map(\.id)
        }
        #expect(shown { $0.severities = [.critical, .high] } == ["CVE-1", "CVE-2"])
        #expect(shown { $0.onlyFixed = true } == ["CVE-1", "CVE-3"])
        #expect(shown { $0.onlyUnfixed = true } == ["CVE-2"])
        #expect(shown { $0.ids = ["CVE-3"] } == ["CVE-3"])
        #expect(shown { $0.packageNames = [{ $0 == "b" }] } == ["CVE-2"])
        #expect(shown { $0.packageTypes = [.deb] } == [])
        #expect(shown { $0.onlyKnownExploited = true } == [])
        var filter = VulnerabilityFilter()
        filter.severities = [.low]
        let text = try ScoutText.cves(ScoutSample.report(matches: matches), filter: filter)
        #expect(text.contains("1 vulnerability found in 1 package\n"))
    }

    @Test("policy prints what deviates and what to do")
    func policy() throws {
        let text = try ScoutText.policy(ScoutSample.report())
        #expect(text.contains("## Overview\n\n"))
        #expect(text.contains("\n## Policies\n\nPolicy status  FAILED  (6/7 policies met)\n"))
        #expect(
            text.contains(
                "\n### No default non-root user found\n\n  • root (implicit): no USER is set\n\n  To do: name an account with USER\n"
            )
        )
    }

    @Test("No line has blanks at its end, and hostile names cannot command a terminal")
    func harmless() throws {
        let evil = ScoutSample.match("CVE-1\u{1B}[2J", .high, "ex\u{1B}]0;x\u{07}press\u{202E}", fixed: "1\u{9B}2")
        let report = try ScoutSample.report(matches: [evil])
        for text in [
            ScoutText.quickview(report), ScoutText.policy(report), ScoutText.cves(report), ScoutText.notes(report),
            ScoutText.whatsNext("a\u{1B}"),
        ] {
            #expect(
                !text.unicodeScalars.contains {
                    $0.value < 0x20 && $0 != "\n" || (0x7F..<0xA0).contains($0.value) || $0.value == 0x202E
                }
            )
            #expect(text.split(separator: "\n", omittingEmptySubsequences: false).allSatisfy { $0.last != " " })
        }
    }
}

@Suite("Scout's JSON documents")
struct ScoutDocumentTests {
    private func object(_ value: some Encodable) throws -> [String: Any] {
        let data = try JSONEncoder().encode(value)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test("The quickview document has the policies with their states")
    func quickview() throws {
        let document = try object(QuickviewDocument(try ScoutSample.report()))
        let policies = try #require(document["policies"] as? [String: Any])
        #expect(policies["status"] as? String == "FAILED")
        #expect(policies["met"] as? Int == 6)
        let results = try #require(policies["results"] as? [[String: Any]])
        #expect(results.map { $0["state"] as? String } == ["notMet"] + Array(repeating: "met", count: 6))
        #expect((document["target"] as? [String: Any])?["name"] as? String == "acme/memes-r-us:v1")
        #expect((document["basis"] as? [String: Any])?["today"] as? String == "2026-11-23")
    }

    @Test("The vulnerabilities document has each match with its source")
    func vulnerabilities() throws {
        let document = try object(
            VulnerabilitiesDocument(try ScoutSample.report(matches: [ScoutSample.match("CVE-1", .high)]))
        )
        let entries = try #require(document["vulnerabilities"] as? [[String: Any]])
        #expect(entries.first?["id"] as? String == "CVE-1")
        #expect(entries.first?["purl"] as? String == "pkg:npm/express@4.17.1")
        #expect(entries.first?["severitySource"] as? String == "GitHub")
        #expect((document["counts"] as? [String: Any])?["high"] as? Int == 1)
    }
}
