// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@testable import ImagePolicies

@Suite("Outdated base images")
struct OutdatedBaseImageTests {
    @Test(
        "A tag's digest is current or outdated, by index, manifest or model",
        arguments: [
            ("node:lts-slim", 3, Verdict.passed), ("node:lts-slim", 103, .passed), ("node:lts-slim", 2, .failed),
            ("node:lts-slim", 1, .failed), ("node:lts-slim", 13, .passed), ("node:lts-slim", 11, .failed),
            ("node:18", 2, .passed), ("node:20-alpine", 5, .passed), ("docker.io/library/node:24-slim", 3, .passed),
            ("acme/base:1", 3, .unknown), ("node:lts-slim", 77, .unknown),
        ] as [(String, UInt8, Verdict)]
    )
    func byDigest(reference: String, digest: UInt8, state: Verdict) throws {
        let result = try #require(
            Sample.with { $0.base = Sample.base(reference, Sample.digest(digest)) }.judge("no-stale-base-images")
        )
        #expect(result.state == state)
        if state == .passed { #expect(result.cell == .empty) }
        if state == .failed { #expect(result.deviations.first?.detail.contains("2026-09-19") == true) }
        #expect(result.evidence.contains { $0.detail.contains("2026-10-01") } == true)
    }

    @Test(
        "Without a known digest the time decides, where it can",
        arguments: [
            ("2026-05-01T00:00:00Z", Verdict.failed), ("2026-10-01T00:00:00Z", .unknown),
            ("1970-01-01T00:00:00Z", .unknown),
            ("0001-01-01T00:00:00Z", .unknown), ("", .unknown), ("garbage in here", .unknown), (nil, .unknown),
        ] as [(String?, Verdict)]
    )
    func byTime(created: String?, state: Verdict) {
        for digest in [nil, Sample.digest(77)] {
            let sample = Sample.with {
                $0.created = created
                $0.base = Sample.base("node:lts-slim", digest, source: .dockerfile)
            }
            #expect(sample.judge("no-stale-base-images")?.state == state)
        }
    }

    @Test(
        "A digest alone is judged by all of its tags",
        arguments: [(3, Verdict.passed), (1, .failed), (2, .unknown), (77, .unknown)] as [(UInt8, Verdict)]
    )
    func digestAlone(digest: UInt8, state: Verdict) {
        #expect(
            Sample.with { $0.base = Sample.base(nil, Sample.digest(digest)) }.judge("no-stale-base-images")?.state
                == state
        )
    }

    @Test(
        "One base has one answer: by a tag and its digest, by another name of the same image, by the digest alone, by a label",
        arguments: [(21, Verdict.failed), (121, .failed), (22, .passed), (3, .passed), (1, .failed)]
            as [(UInt8, Verdict)]
    )
    func oneAnswer(digest: UInt8, state: Verdict) {
        let names: [String?] =
            digest == 1 || digest == 3
            ? ["node:lts-slim", "node", nil] : ["node:22-alpine", "node:22-alpine3.24", "node", nil]
        for name in names {
            for source in [FoundBaseImage.Source.provenance, .labels, .dockerfile] {
                let reference = name.map { $0 == "node" ? $0 + "@\(Sample.digest(digest))" : $0 }
                let sample = Sample.with { $0.base = Sample.base(reference, Sample.digest(digest), source: source) }
                #expect(sample.judge("no-stale-base-images")?.state == state, "\(name ?? "-") by \(source)")
                #expect(sample.judge("approved-base-images")?.state == .passed, "\(name ?? "-") by \(source)")
            }
        }
    }

    @Test("A tag that was written in vain does not change which image a digest is")
    func strangeTag() {
        let sample = Sample.with { $0.base = Sample.base("node:lts-slim", Sample.digest(5)) }
        #expect(sample.judge("no-stale-base-images")?.state == .passed)
        #expect(sample.judge("approved-base-images")?.state == .failed)
    }

    @Test("Layers that begin like a recorded image are judged by its records")
    func byLayers() {
        for (index, state) in [(2, Verdict.passed), (0, .failed)] {
            let found = FoundBaseImage(
                reference: nil,
                digest: nil,
                source: .layers,
                candidates: [FakeFacts.records[index]]
            )
            #expect(Sample.with { $0.base = .image(found) }.judge("no-stale-base-images")?.state == state)
        }
    }

    @Test("No base is met, an unknown base is no data, in both profiles")
    func noneAndUnknown() {
        let id = "no-stale-base-images"
        for profile in PolicyProfile.all {
            #expect(Sample.with { $0.base = .scratch }.judge(id, in: profile)?.state == .passed)
            #expect(Sample.with { $0.base = .unknown("no attestation") }.judge(id, in: profile)?.state == .unknown)
            #expect(Sample.with { $0.facts = nil }.judge(id, in: profile)?.state == .unknown)
        }
    }
}
