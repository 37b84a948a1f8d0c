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
}
