// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics
import SeaworthyTestSupport
import Testing

@testable import ImagePolicies

@Suite("Fixable vulnerabilities")
struct FixableVulnerabilitiesTests {
    @Test(
        "Only critical and high with a fix count",
        arguments: rows(
            [
                (
                    [Sample.match("CVE-1", .critical), Sample.match("CVE-2", .high), Sample.match("CVE-3", .medium)],
                    Verdict.failed, 1, 1
                ),
                (
                    [
                        Sample.match("CVE-1", .critical, fixed: nil), Sample.match("CVE-3", .low),
                        Sample.match("CVE-4", .unspecified),
                    ], .passed, 0, 0
                ),
                ([], .passed, 0, 0),
            ] as [([VulnerabilityMatch], Verdict, Int, Int)]
        )
    )
    func fixable(row: NumberedRow<([VulnerabilityMatch], Verdict, Int, Int)>) throws {
        let (matches, state, critical, high) = row.value
        let result = try #require(Sample.with { $0.matches = matches }.judge("fixable-vulnerabilities"))
        var counts = SeverityCounts()
        counts.critical = critical
        counts.high = high
        #expect(result.state == state)
        #expect(result.cell == .counts(counts))
        #expect(result.deviations.count == critical + high)
    }

    @Test(
        "What is not known is no data, unless something fails already",
        arguments: [
            Sample.with { $0.gaps = [CoverageGap(ecosystem: "Debian:13", packages: ["glibc"])] },
            Sample.with { $0.undecided = [Undecided(id: "CVE-1", package: "p 1", reason: "no order")] },
            Sample.with { $0.unknowns = [Unknown(reason: "RUN ./install.sh", scope: .packages)] },
            Sample.with { $0.unknowns = [Unknown(reason: "RUN ./install.sh", scope: .filesystem)] },
            Sample.with { $0.unknowns = [Unknown(reason: "unknown base", scope: .baseImage)] },
        ]
    )
    func doubts(sample: Sample) throws {
        let id = "fixable-vulnerabilities"
        let result = try #require(sample.judge(id))
        #expect(result.state == .unknown)
        #expect(result.cell == .noData)
        #expect(result.noDataReason != nil)
        var failing = sample
        failing.matches = [Sample.match("CVE-2024-3094", .critical)]
        #expect(failing.judge(id)?.state == .failed)
        #expect(failing.judge(id)?.remarks.count == 1)
    }

    @Test("Unknown files and outputs do not touch packages", arguments: [Unknown.Scope.files, .output])
    func harmlessUnknowns(scope: Unknown.Scope) {
        let sample = Sample.with { $0.unknowns = [Unknown(reason: "x", scope: scope)] }
        #expect(sample.judge("fixable-vulnerabilities")?.state == .passed)
    }

    @Test("What is marked as not affected does not count, and is said")
    func marks() throws {
        let marked = Sample.match("CVE-1", .critical).marked(Sample.mark)
        let met = try #require(Sample.with { $0.matches = [marked] }.judge("fixable-vulnerabilities"))
        #expect(met.state == .passed && met.cell == .counts(SeverityCounts()))
        #expect(met.remarks.count == 1 && met.remarks.first?.contains("not_affected") == true)
        #expect(met.evidence.contains { $0.kind == .attestation })
        let other = Sample.match("CVE-2", .high)
        let failed = try #require(Sample.with { $0.matches = [marked, other] }.judge("fixable-vulnerabilities"))
        #expect(failed.state == .failed && failed.deviations.count == 1 && failed.remarks.count == 1)
        let gap = Sample.with {
            $0.matches = [marked]
            $0.gaps = [CoverageGap(ecosystem: "npm", packages: ["x"])]
        }
        #expect(gap.judge("fixable-vulnerabilities")?.state == .unknown)
    }

    @Test(
        "A vulnerability counts when its days of grace are over; one without a day counts at once",
        arguments: [
            (0, "2026-11-23", Verdict.failed), (7, "2026-11-20", .passed), (3, "2026-11-20", .failed),
            (7, "2026-11-16", .failed), (7, "2027-01-01", .passed), (7, nil, .failed), (7, "garbage", .failed),
        ] as [(Int, String?, Verdict)]
    )
    func grace(days: Int, published: String?, state: Verdict) throws {
        let sample = Sample.with { $0.matches = [Sample.match("CVE-1", .high, published: published)] }
        let policy = try FixableVulnerabilities().setting(["grace-period-days": .number(days)])
        #expect(policy.result(for: sample.input).state == state)
    }

    @Test("Only the types of packages that are asked for count")
    func types() throws {
        let sample = Sample.with { $0.matches = [Sample.match("CVE-1", .high)] }
        for (types, state) in [(["npm"], Verdict.failed), (["deb", "npm"], .failed), (["deb"], .passed)] {
            let policy = try FixableVulnerabilities().setting(["package-types": .texts(types)])
            #expect(policy.result(for: sample.input).state == state)
        }
    }
}
