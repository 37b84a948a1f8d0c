// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Packages
import Testing

@testable import ImagePolicies

@Suite("Approved base images")
struct ApprovedBaseImagesTests {
    @Test(
        "Tags that are gone and releases that ended are not approved",
        arguments: [
            ("node:lts-slim", Distribution(id: "debian", versionID: "12"), Verdict.passed, 0),
            ("node:20-alpine", Distribution(id: "debian", versionID: "12"), .failed, 1),
            ("node:20-alpine", Distribution(id: "alpine", versionID: "3.20.1"), .failed, 2),
            ("node:lts-slim", Distribution(id: "debian", versionID: "10"), .failed, 1),
            ("node:lts-slim", Distribution(id: "ubuntu", versionID: "9.04"), .failed, 1),
            ("node:lts-slim", Distribution(id: "wolfi"), .passed, 0),
            ("node:lts-slim", Distribution(id: "slackware", versionID: "15"), .unknown, 0),
            // Without an os-release and a package of a distribution there is none that could have ended.
            ("node:lts-slim", nil, .passed, 0),
            ("acme/base:1", Distribution(id: "debian", versionID: "12"), .passed, 0),
            ("mystery:1", Distribution(id: "debian", versionID: "12"), .unknown, 0),
            ("node:28", Distribution(id: "debian", versionID: "12"), .unknown, 0),
            ("node:28", Distribution(id: "debian", versionID: "10"), .failed, 1),
        ] as [(String, Distribution?, Verdict, Int)]
    )
    func approved(reference: String, distribution: Distribution?, state: Verdict, deviations: Int) throws {
        let result = try #require(
            Sample.with {
                $0.base = Sample.base(reference, nil)
                $0.distribution = distribution
            }.judge("approved-base-images")
        )
        #expect(result.state == state)
        #expect(result.deviations.count == deviations)
        #expect(result.cell == (state == .unknown ? .noData : .count(deviations, unit: "deviation")))
    }

    @Test(
        "Packages of a distribution that nothing names are not approved in silence",
        arguments: [PackageType.apk, .deb, .rpm]
    )
    func namelessDistribution(type: PackageType) throws {
        let result = try #require(
            Sample.with {
                $0.base = Sample.base("node:lts-slim", nil)
                $0.distribution = nil
                $0.packages = [Package(type: type, name: "curl", version: "1", foundBy: "test")]
            }.judge("approved-base-images")
        )
        #expect(result.state == .unknown)
    }

    @Test(
        "The day of the judgement counts, long-term support included",
        arguments: [
            ("2026-07-12", Verdict.passed), ("2028-06-30", .passed), ("2028-07-01", .failed),
        ]
    )
    func longTermSupport(today: String, state: Verdict) {
        #expect(Sample.with { $0.today = today }.judge("approved-base-images")?.state == state)
    }

    @Test("No base is met, an unknown base is no data, in both profiles")
    func noneAndUnknown() {
        let id = "approved-base-images"
        for profile in PolicyProfile.all {
            #expect(Sample.with { $0.base = .scratch }.judge(id, in: profile)?.state == .passed)
            #expect(Sample.with { $0.base = .unknown("no attestation") }.judge(id, in: profile)?.state == .unknown)
            #expect(Sample.with { $0.facts = nil }.judge(id, in: profile)?.state == .unknown)
        }
    }

    @Test("An organization's sources, and what else it asks for, are parameters")
    func ownSources() throws {
        let sources = try ApprovedBaseImages().setting(["sources": .texts(["docker.io/docker/dhi-*"])])
        #expect(sources.result(for: Sample().input).state == .failed)
        let old = Sample.with { $0.base = Sample.base("node:20-alpine", Sample.digest(5)) }
        #expect(ApprovedBaseImages().result(for: old.input).state == .failed)
        let lenient = try ApprovedBaseImages().setting(["supported-tags": .flag(false)])
        #expect(lenient.result(for: old.input).state == .passed)
    }

    @Test("A tag that the list does not have yet is said to be perhaps newer, never to be dropped")
    func newerTag() throws {
        let result = try #require(Sample.with { $0.base = Sample.base("node:28", nil) }.judge("approved-base-images"))
        #expect(result.noDataReason?.contains("node:28") == true)
        #expect(result.noDataReason?.contains("newer") == true)
        #expect(result.deviations.isEmpty)
    }
}
