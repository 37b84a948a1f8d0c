// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics
import Foundation
import ImageAnalysis
import ImagePolicies
import Testing

@testable import Reporting

@Suite("Scout's machine formats")
struct ScoutFormatTests {
    /// Two packages, one of them with a name that is no friend of any format.
    static func report() throws -> AnalysisReport {
        try ScoutSample.report(matches: [
            ScoutSample.match("CVE-1", .high), ScoutSample.match("CVE-1", .high, "qs|`<b>\u{1B}[31m\n", fixed: nil),
            ScoutSample.match("GHSA-2", .unspecified),
        ])
    }

    static func listing() throws -> VulnerabilityListing {
        VulnerabilityListing(try report(), now: "2026-11-23T00:00:00Z")
    }

    static func object(_ bytes: [UInt8]) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    @Test("SARIF has a rule for each vulnerability and a result for each package")
    func sarif() throws {
        let bytes = try CVEsSARIF.document(Self.listing())
        let run = try #require((Self.object(bytes)["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]])
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(rules.compactMap { $0["id"] as? String } == ["CVE-1", "GHSA-2"])
        #expect(results.compactMap { $0["ruleIndex"] as? Int } == [0, 0, 1])
        #expect(results.compactMap { $0["level"] as? String } == ["error", "error", "note"])
        let properties = try #require(rules.first?["properties"] as? [String: Any])
        #expect(properties["security-severity"] as? String == "7.5")
        #expect(try bytes == CVEsSARIF.document(Self.listing()))
    }

    @Test("GitLab's report names package, fix and identifier; ids are not twice")
    func gitlab() throws {
        let document = try Self.object(CVEsGitLab.document(Self.listing()))
        let found = try #require(document["vulnerabilities"] as? [[String: Any]])
        #expect(found.compactMap { $0["severity"] as? String } == ["High", "High", "Unknown"])
        #expect(found.first?["solution"] as? String == "Upgrade express to 4.17.3")
        #expect(Set(found.compactMap { $0["id"] as? String }).count == 3)
        #expect((document["scan"] as? [String: Any])?["start_time"] as? String == "2026-11-23T00:00:00")
    }

    @Test("Scout's own list groups vulnerabilities by purl; without a filter it has none")
    func billOfMaterials() throws {
        let report = try Self.report()
        let full = try Self.object(ScoutBillOfMaterials.document(report, filter: VulnerabilityFilter()))
        #expect((full["vulnerabilities"] as? [Any])?.count == 2)
        let provenance = try #require((full["source"] as? [String: Any])?["provenance"] as? [String: Any])
        #expect(provenance["mode"] as? String == "buildkit_max_mode")
        #expect((provenance["base_image"] as? [String: Any])?["tag"] as? String == "18")
        let bare = try Self.object(ScoutBillOfMaterials.document(report, filter: nil))
        #expect(bare["vulnerabilities"] == nil && bare["artifacts"] != nil)
    }

    @Test("Markdown keeps foreign text out of its own marks")
    func markdown() throws {
        let text = try ScoutText.markdown(Self.report())
        let rows = text.split(separator: "\n").filter { $0.contains("CVE-1") }
        #expect(rows.count == 2)
        #expect(rows.last?.contains("qs\\|\\`\\<b\\>") == true)
        #expect(!text.contains("\u{1B}"))
    }

    @Test("Recommendations put the cleanest tag first and say what speaks for it")
    func recommendations() throws {
        let used = try ScoutSample.report(matches: [ScoutSample.match("CVE-1", .high)])
        let clean = BaseImageAdvice.Choice(
            tag: "24-slim",
            otherTags: ["lts-slim"],
            recorded: "2026-09-17",
            report: try ScoutSample.report()
        )
        let worse = BaseImageAdvice.Choice(tag: "18-slim", otherTags: [], recorded: nil, report: used)
        let advice = BaseImageAdvice(
            image: "acme/app",
            name: "node:18",
            base: used,
            otherTags: [],
            freshness: ScoutSample.result("No outdated base images", .unknown, .noData),
            approval: ScoutSample.result("Unapproved base images found", .failed),
            choices: [worse, clean]
        )
        #expect(advice.choices.map(\.tag) == ["24-slim", "18-slim"])
        #expect(advice.benefits(of: clean).contains("Image introduces no new vulnerability but removes 1"))
        let text = ScoutText.recommendations(advice)
        #expect(text.contains("\n  ? No data: the base image is not known\n"))
        #expect(text.split(separator: "\n").contains { $0.hasPrefix("   24-slim ") && $0.contains("│ Benefits:") })
        #expect(!ScoutText.recommendations(advice, showsUpdate: false).contains("Change base image"))
        #expect(!ScoutText.recommendations(advice, showsRefresh: false).contains("Refresh base image"))
    }

    @Test("Policy results are named by id, and no data is no pass")
    func policyResults() throws {
        let report = PolicyReport(
            profile: "classic",
            results: [ScoutSample.result("a", .failed), ScoutSample.result("b", .unknown, .noData)],
            formula: .classic
        )
        let document = try Self.object(Array(try JSONEncoder().encode(PolicyResultsDocument(report))))
        #expect((document["a"] as? [String: Any])?["pass"] as? Bool == false)
        #expect((document["b"] as? [String: Any])?["state"] as? String == "unknown")
        #expect((document["b"] as? [String: Any])?["pass"] as? Bool == false)
    }
}
