// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics
import OCISpec
import Testing

@testable import ImagePolicies

@Suite("Policy profiles")
struct ProfileTests {
    @Test("The classic profile has the tutorial's seven policies in the tutorial's order")
    func classicOrder() {
        let report = PolicyProfile.classic.judge(Sample().input)
        #expect(
            report.results.map(\.title) == [
                "Default non-root user", "No AGPL v3 licenses", "No fixable critical or high vulnerabilities",
                "No high-profile vulnerabilities", "No outdated base images", "No unapproved base images",
                "Supply chain attestations",
            ]
        )
        #expect(report.statusWord == "SUCCESS")
        #expect(report.summary == "7/7 policies met")
        #expect(report.healthScore?.percent == 100)
    }

    @Test("Failing titles of both generations")
    func failingTitles() {
        let sample = Sample.with {
            $0.user = nil
            $0.packages = [Sample.package("x", "1", ["AGPL-3.0-only"])]
            $0.matches = [Sample.match("CVE-2024-3094", .critical)]
            $0.attestations = .none
            $0.base = Sample.base("node:20-alpine", Sample.digest(5))
        }
        #expect(
            PolicyProfile.classic.judge(sample.input).results.filter { $0.state == .failed }.map(\.title) == [
                "No default non-root user found", "AGPL v3 licenses found",
                "Fixable critical or high vulnerabilities found",
                "High-profile vulnerabilities found", "Unapproved base images found",
                "Missing supply chain attestation(s)",
            ]
        )
        #expect(
            PolicyProfile.current.judge(sample.input).results.filter { $0.state == .failed }.map(\.title) == [
                "Image runs as the root user", "Copyleft licensed packages found",
                "Fixable critical or high vulnerabilities found", "High-profile vulnerabilities found",
                "Unapproved base images found", "Required supply chain attestations missing",
            ]
        )
    }

    @Test("The status says how many are met and how many miss data")
    func status() {
        let missing = PolicyProfile.classic.judge(Sample.with { $0.base = .unknown("x") }.input)
        #expect(missing.statusWord == "UNKNOWN")
        #expect(missing.summary == "5/7 policies met, 2 missing data")
        let failed = PolicyProfile.classic.judge(
            Sample.with {
                $0.base = .unknown("x")
                $0.user = nil
            }.input
        )
        #expect(failed.statusWord == "FAILED")
        #expect(failed.summary == "4/7 policies met, 2 missing data")
    }

    @Test("Policies are chosen by id or by any title, and a wrong name is told")
    func choice() {
        #expect(PolicyProfile.classic.only(["default-non-root-user"])?.policies.map(\.id) == ["default-non-root-user"])
        #expect(
            PolicyProfile.classic.only(["no default NON-root user found", "Supply chain attestations"])?.policies.count
                == 2
        )
        #expect(PolicyProfile.current.only(["no-copyleft-licenses"])?.policies.map(\.id) == ["copyleft-license"])
        #expect(PolicyProfile.classic.only(["no-copyleft-licenses"])?.policies.map(\.title) == ["No copyleft licenses"])
        #expect(PolicyProfile.current.only(["no-agpl-v3-licenses"])?.policies.map(\.title) == ["No AGPL v3 licenses"])
        #expect(PolicyProfile.classic.only(["Compliant Licenses"])?.policies.map(\.title) == ["No AGPL v3 licenses"])
        #expect(
            PolicyProfile.classic.only(["COPYLEFT licensed packages found", "copyleft-license"])?.policies.count == 2
        )
        #expect(PolicyProfile.classic.only([])?.policies.count == 7)
        #expect(PolicyProfile.classic.only(["default-non-root-user", "nonsense"]) == nil)
        #expect(PolicyProfile.named("classic")?.name == "classic")
        #expect(PolicyProfile.named("other") == nil)
    }

    @Test("Policies that a list of packages is enough for are told by their facets")
    func restingOnPackages() {
        for profile in PolicyProfile.all {
            #expect(
                profile.only(restingOn: [.packages]).policies.map(\.id).sorted() == [
                    "copyleft-license", "fixable-vulnerabilities", "high-profile-vulnerabilities",
                ]
            )
            #expect(profile.only(restingOn: []).policies.isEmpty)
            #expect(profile.only(restingOn: Set(Facet.allCases)).policies.count == profile.policies.count)
        }
    }

    @Test("The classic profile's weights make 90")
    func weights() {
        for profile in PolicyProfile.all { #expect(profile.policies.reduce(0) { $0 + $1.weight } == 90) }
    }
}

@Suite("Health score")
struct HealthScoreTests {
    @Test(
        "Only images for linux on amd64 or arm64 have one",
        arguments: [
            ("linux/amd64", true), ("linux/arm64", true), ("linux/arm64/v8", true), ("linux/arm/v7", false),
            ("linux/s390x", false), ("linux/386", false), ("windows/amd64", false), ("unknown/unknown", false),
        ]
    )
    func platforms(platform: String, hasScore: Bool) throws {
        var sample = Sample()
        sample.platform = try #require(Platform(parsing: platform))
        for profile in PolicyProfile.all {
            let report = profile.judge(sample.input)
            #expect((report.healthScore != nil) == hasScore)
            #expect((report.healthScoreNotApplicable == nil) == hasScore)
            #expect(report.met == 7)
        }
    }

    @Test("A list of packages is no image and has none")
    func noImage() {
        let input = Sample().missing([.configuration: "only a list of packages is at hand"])
        #expect(PolicyProfile.current.judge(input).healthScore == nil)
    }

    @Test(
        "Observed scores",
        arguments: [
            (["copyleft-license"], 85, "A", 94), (["default-non-root-user"], 85, "A", 94), ([], 90, "A", 100),
            (["default-non-root-user", "copyleft-license", "supply-chain-attestations"], 65, "B", 72),
            (["copyleft-license", "fixable-vulnerabilities", "supply-chain-attestations"], 50, "C", 56),
            (
                ["default-non-root-user", "copyleft-license", "fixable-vulnerabilities", "supply-chain-attestations"],
                45, "D", 50
            ),
            (
                [
                    "default-non-root-user", "copyleft-license", "fixable-vulnerabilities", "supply-chain-attestations",
                    "high-profile-vulnerabilities",
                ], 25, "E", 28
            ),
        ]
    )
    func observed(failing: [String], points: Int, grade: String, percent: Int) throws {
        let results = PolicyProfile.current.judge(Sample().input).results.map { result in
            PolicyResult(
                id: result.id,
                title: result.title,
                passingTitle: result.passingTitle,
                state: failing.contains(result.id) ? .failed : .passed,
                cell: .empty,
                weight: result.weight
            )
        }
        for formula in HealthScore.Formula.allCases {
            let score = try #require(HealthScore(results: results, formula: formula))
            #expect(score.awarded == points && score.total == 90)
            #expect(score.grade == grade)
            #expect(score.percent == percent)
        }
    }

    @Test(
        "Boundaries of both formulas",
        arguments: [
            (90, 100, "B", "B"), (91, 100, "A", "A"), (70, 100, "C", "C"), (71, 100, "B", "B"), (50, 100, "D", "D"),
            (30, 100, "E", "E"),
            (10, 100, "F", "F"), (11, 100, "E", "E"), (0, 100, "F", "F"), (100, 100, "A", "A"),
            // 90.4 %: rounded it is 90, exactly it is above.
            (904, 1000, "B", "A"), (906, 1000, "A", "A"), (705, 1000, "B", "B"), (704, 1000, "C", "B"),
        ]
    )
    func boundaries(awarded: Int, total: Int, classic: String, current: String) {
        #expect(HealthScore(awarded: awarded, total: total, formula: .classic)?.grade == classic)
        #expect(HealthScore(awarded: awarded, total: total, formula: .current)?.grade == current)
    }

    @Test("No points to have is no score, and missing data counts as not met")
    func edges() {
        #expect(HealthScore(awarded: 0, total: 0, formula: .current) == nil)
        #expect(HealthScore(awarded: 2, total: 1, formula: .current) == nil)
        let report = PolicyProfile.classic.judge(Sample.with { $0.base = .unknown("x") }.input)
        #expect(report.healthScore?.awarded == 65)
        #expect(report.healthScore?.total == 90)
    }
}
