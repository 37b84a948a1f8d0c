// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics
import SeaworthyTestSupport
import Testing

@testable import ImagePolicies

@Suite("High-profile vulnerabilities")
struct HighProfileVulnerabilitiesPolicyTests {
    @Test(
        "High-profile goes by id, alias and exploitation, whatever the severity and the fix",
        arguments: rows(
            [
                (Sample.match("CVE-2024-3094", .low, fixed: nil), Verdict.failed),
                (Sample.match("GHSA-a", .unspecified, aliases: ["CVE-2021-44228"]), .failed),
                (Sample.match("CVE-2025-1", .medium, kev: true), .failed),
                (Sample.match("CVE-2025-1", .critical), .passed),
            ] as [(VulnerabilityMatch, Verdict)]
        )
    )
    func highProfile(row: NumberedRow<(VulnerabilityMatch, Verdict)>) throws {
        let (match, state) = row.value
        let result = try #require(Sample.with { $0.matches = [match] }.judge("high-profile-vulnerabilities"))
        #expect(result.state == state)
        if state == .failed { #expect(result.cell == .counts(SeverityCounts(counting: [match.severity]))) }
    }

    @Test(
        "The two lists differ",
        arguments: [("CVE-2024-47176", Verdict.failed, Verdict.passed), ("CVE-2014-6271", .passed, .failed)]
    )
    func lists(id: String, classic: Verdict, current: Verdict) {
        let sample = Sample.with { $0.matches = [Sample.match(id, .low)] }
        #expect(sample.judge("high-profile-vulnerabilities")?.state == classic)
        #expect(sample.judge("high-profile-vulnerabilities", in: .current)?.state == current)
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
        let id = "high-profile-vulnerabilities"
        let result = try #require(sample.judge(id))
        #expect(result.state == .unknown)
        #expect(result.cell == .noData)
        #expect(result.noDataReason != nil)
        var failing = sample
        failing.matches = [Sample.match("CVE-2024-3094", .critical)]
        #expect(failing.judge(id)?.state == .failed)
        #expect(failing.judge(id)?.remarks.count == 1)
    }

    @Test("A mark changes nothing here, and is said; an id that is ignored does not count, by any of its names")
    func marksAndIgnored() throws {
        let match = Sample.match("CVE-2024-3094", .critical, aliases: ["GHSA-a"])
        let marked = Sample.with { $0.matches = [match.marked(Sample.mark)] }
        let result = try #require(marked.judge("high-profile-vulnerabilities"))
        #expect(result.state == .failed && result.remarks.first?.contains("counts it all the same") == true)
        for (id, state) in [("CVE-2024-3094", Verdict.passed), ("GHSA-a", .passed), ("CVE-2024-3095", .failed)] {
            let policy = try HighProfileVulnerabilitiesPolicy().setting(["ignored": .texts([id])])
            #expect(policy.result(for: Sample.with { $0.matches = [match] }.input).state == state)
        }
    }
}
