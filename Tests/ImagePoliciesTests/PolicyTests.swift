// SPDX-License-Identifier: Apache-2.0

import Advisories
import BaseImages
import Diagnostics
import OCISpec
import Packages
import Testing

@testable import ImagePolicies

@Suite("Default non-root user")
struct DefaultNonRootUserTests {
    @Test(
        "Root in every spelling fails, every other account passes, ignorance is no data",
        arguments: [
            (nil, Verdict.failed, "root (implicit)"), ("", .failed, "root (implicit)"),
            ("   ", .failed, "root (implicit)"),
            (":node", .failed, "root (implicit)"), ("root", .failed, "root (explicit)"),
            ("root:root", .failed, "root (explicit)"),
            ("root:x", .failed, "root (explicit)"), (" root", .failed, "root (explicit)"),
            ("root ", .failed, "root (explicit)"),
            ("0", .failed, "root (explicit)"), ("0:0", .failed, "root (explicit)"), ("00", .failed, "root (explicit)"),
            ("+0", .failed, "root (explicit)"), ("-0", .failed, "root (explicit)"),
            ("0:1000", .failed, "root (explicit)"),
            ("000:node", .failed, "root (explicit)"), ("toor", .failed, "toor (uid 0)"), ("nobody", .failed, "nobody"),
            ("Root", .failed, "Root"), ("node:node:node", .passed, ""), ("node", .passed, ""), ("node:0", .passed, ""),
            ("1000", .passed, ""), ("1000:1000", .passed, ""), ("01000", .passed, ""), ("65532", .passed, ""),
            ("99999999999999999999999999", .failed, "99999999999999999999999999"), ("2147483647", .passed, ""),
            ("2147483648", .failed, "2147483648"), ("-1", .failed, "-1"), ("0x0", .failed, "0x0"),
            ("\u{1B}[31mroot", .failed, "?[31mroot"),
        ] as [(String?, Verdict, String)]
    )
    func users(user: String?, state: Verdict, subject: String) throws {
        let result = try #require(Sample.with { $0.user = user }.judge("default-non-root-user"))
        #expect(result.state == state)
        #expect(result.cell == .empty)
        #expect(result.deviations.map(\.subject) == (state == .failed ? [subject] : []))
        #expect(result.title == (state == .failed ? "No default non-root user found" : "Default non-root user"))
        #expect((result.remediation == nil) == (state == .passed))
    }

    @Test("Unknown accounts leave names open, but not numbers, and root is root anyway")
    func unknownAccounts() throws {
        for (user, state) in [
            ("app", Verdict.unknown), ("1000", .passed), ("root", .failed), ("0", .failed), ("", .failed),
        ] {
            let sample = Sample.with {
                $0.user = user
                $0.accounts = .partly([], "line 4 ran a program without a model")
            }
            #expect(sample.judge("default-non-root-user")?.state == state, "\(user)")
        }
    }

    @Test("An unset user on an unknown base may be the base's, so it is no data")
    func unknownBase() {
        let unknown = Unknown(reason: "acme/base:1 is not at hand", scope: .baseImage)
        for (user, state) in [(nil, Verdict.unknown), ("root", .failed), ("1000", .passed)] as [(String?, Verdict)] {
            let sample = Sample.with {
                $0.user = user
                $0.unknowns = [unknown]
            }
            #expect(sample.judge("default-non-root-user")?.state == state)
        }
    }

    @Test("Without /etc/passwd only numbers are somebody", arguments: [("app", Verdict.failed), ("65532", .passed)])
    func noPasswd(user: String, state: Verdict) {
        let sample = Sample.with {
            $0.user = user
            $0.accounts = UserAccounts(passwd: nil)
        }
        #expect(sample.judge("default-non-root-user")?.state == state)
    }

    @Test("Hostile lines of /etc/passwd are passed over, of two entries the first counts")
    func hostilePasswd() {
        let text = "\n:\nroot\napp:x\napp:x:abc\napp:x:1001:\napp:x:0:0\n\u{0}:x:5\nbig:x:99999999999999999999:0\n"
        guard case .known(let accounts) = UserAccounts(passwd: Array(text.utf8)) else {
            Issue.record("the file is known")
            return
        }
        #expect(accounts.map(\.uid) == [1001, 0, 5])
        #expect(UserAccounts(passwd: Array(text.utf8)).resolve("app") == .named("app", uid: 1001))
    }
}

@Suite("Vulnerability policies")
struct VulnerabilityPolicyTests {
    @Test(
        "Only critical and high with a fix count",
        arguments: [
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
        ]
    )
    func fixable(matches: [VulnerabilityMatch], state: Verdict, critical: Int, high: Int) throws {
        let result = try #require(Sample.with { $0.matches = matches }.judge("fixable-vulnerabilities"))
        var counts = SeverityCounts()
        counts.critical = critical
        counts.high = high
        #expect(result.state == state)
        #expect(result.cell == .counts(counts))
        #expect(result.deviations.count == critical + high)
    }

    @Test(
        "High-profile goes by id, alias and exploitation, whatever the severity and the fix",
        arguments: [
            (Sample.match("CVE-2024-3094", .low, fixed: nil), Verdict.failed),
            (Sample.match("GHSA-a", .unspecified, aliases: ["CVE-2021-44228"]), .failed),
            (Sample.match("CVE-2025-1", .medium, kev: true), .failed), (Sample.match("CVE-2025-1", .critical), .passed),
        ]
    )
    func highProfile(match: VulnerabilityMatch, state: Verdict) throws {
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
        for id in ["fixable-vulnerabilities", "high-profile-vulnerabilities"] {
            let result = try #require(sample.judge(id))
            #expect(result.state == .unknown)
            #expect(result.cell == .noData)
            #expect(result.noDataReason != nil)
            var failing = sample
            failing.matches = [Sample.match("CVE-2024-3094", .critical)]
            #expect(failing.judge(id)?.state == .failed)
            #expect(failing.judge(id)?.remarks.count == 1)
        }
    }

    @Test("Unknown files and outputs do not touch packages", arguments: [Unknown.Scope.files, .output])
    func harmlessUnknowns(scope: Unknown.Scope) {
        let sample = Sample.with { $0.unknowns = [Unknown(reason: "x", scope: scope)] }
        #expect(sample.judge("fixable-vulnerabilities")?.state == .passed)
        #expect(sample.judge("copyleft-license")?.state == .passed)
    }
}

@Suite("Licences")
struct LicensePolicyTests {
    @Test(
        "AGPL version 3 in every spelling, alone, with others, or as the only choice",
        arguments: [
            (["AGPL-3.0"], Verdict.failed), (["AGPL-3.0-only"], .failed), (["AGPL-3.0-or-later"], .failed),
            (["AGPL-3.0+"], .failed),
            (["AGPLv3"], .failed), (["AGPL-3+"], .failed), (["GNU Affero General Public License v3"], .failed),
            (["agpl-3.0-only"], .failed),
            (["MIT AND AGPL-3.0-only"], .failed), (["MIT", "AGPL-3.0-only"], .failed),
            (["(MIT OR AGPL-3.0-only)"], .passed),
            (["AGPL-3.0-only OR AGPL-3.0-or-later"], .failed), (["AGPL-3.0-only WITH GCC-exception-3.1"], .failed),
            (["AGPL-1.0-only"], .passed), (["GPL-3.0-only"], .passed), (["LGPL-2.1-or-later", "GPL-2+"], .passed),
            (["AGPL"], .unknown), (["SEE LICENSE IN LICENSE.txt"], .unknown), (["UNLICENSED"], .passed),
            (["Custom-Thing"], .passed),
        ]
    )
    func agpl(licenses: [String], state: Verdict) throws {
        let sample = Sample.with { $0.packages = [Sample.package("ok"), Sample.package("x", "1.0.0", licenses)] }
        let result = try #require(sample.judge("copyleft-license"))
        #expect(result.state == state)
        #expect(result.cell == (state == .unknown ? .noData : .count(state == .failed ? 1 : 0, unit: "package")))
        #expect(result.title == (state == .failed ? "AGPL v3 licenses found" : "No AGPL v3 licenses"))
    }

    @Test("A package without licence is a remark; none with one is no data; no package at all is met")
    func silence() throws {
        let some = try #require(
            Sample.with { $0.packages = [Sample.package("ok"), Sample.package("x", "1", [])] }.judge("copyleft-license")
        )
        #expect(some.state == .passed && some.remarks.count == 1)
        #expect(
            Sample.with { $0.packages = [Sample.package("x", "1", [])] }.judge("copyleft-license")?.state == .unknown
        )
        #expect(Sample.with { $0.packages = [] }.judge("copyleft-license")?.state == .passed)
    }

    @Test("A package in two places counts once; an AGPL one counts beside unknowns")
    func counting() throws {
        let agpl = Sample.package("x", "1", ["AGPL-3.0-only"])
        let sample = Sample.with {
            $0.packages = [agpl, agpl, Sample.package("y", "1", ["AGPL"])]
            $0.unknowns = [Unknown(reason: "u", scope: .packages)]
        }
        #expect(sample.judge("copyleft-license")?.cell == .count(1, unit: "package"))
    }

    @Test(
        "The current profile takes every copyleft licence",
        arguments: [
            (["GPL-2.0-only"], Verdict.failed), (["LGPL-2.1-or-later"], .failed), (["MPL-2.0"], .failed),
            (["MIT OR GPL-2.0-only"], .passed),
            (["MIT"], .passed), (["BSD-3-Clause AND GPL-2.0-or-later"], .failed), (["Custom-Thing"], .unknown),
        ]
    )
    func copyleft(licenses: [String], state: Verdict) {
        let sample = Sample.with { $0.packages = [Sample.package("x", "1", licenses)] }
        #expect(sample.judge("copyleft-license", in: .current)?.state == state)
    }
}

@Suite("Base images")
struct BaseImagePolicyTests {
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

    @Test("No base is met, an unknown base is no data, in both policies and both profiles")
    func noneAndUnknown() {
        for id in ["no-stale-base-images", "approved-base-images"] {
            for profile in PolicyProfile.all {
                #expect(Sample.with { $0.base = .scratch }.judge(id, in: profile)?.state == .passed)
                #expect(Sample.with { $0.base = .unknown("no attestation") }.judge(id, in: profile)?.state == .unknown)
                #expect(Sample.with { $0.facts = nil }.judge(id, in: profile)?.state == .unknown)
            }
        }
    }

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
            ("node:lts-slim", nil, .unknown, 0),
            ("acme/base:1", Distribution(id: "debian", versionID: "12"), .passed, 0),
            ("mystery:1", Distribution(id: "debian", versionID: "12"), .unknown, 0),
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
        "The day of the judgement counts, long-term support included",
        arguments: [
            ("2026-07-12", Verdict.passed), ("2028-06-30", .passed), ("2028-07-01", .failed),
        ]
    )
    func longTermSupport(today: String, state: Verdict) {
        #expect(Sample.with { $0.today = today }.judge("approved-base-images")?.state == state)
    }

    @Test(
        "Patterns stand for sources",
        arguments: [
            ("*", "node:lts-slim", true), ("docker.io/library/*", "node:lts-slim", true),
            ("docker.io/library/*", "acme/base:1", false),
            ("docker.io/acme/*", "acme/base:1", true), ("docker.io/library/node:*-slim", "node:lts-slim", true),
            ("docker.io/library/node:*-slim", "node:24", false),
            ("docker.io/library/node:*-slim", "node:24-slim-x", false),
            ("node:*", "node:24", false), ("registry.example.com/*", "registry.example.com/a/b:1", true),
            ("*:latest", "node", true),
            ("docker.io/*/node:*", "node:24", true), ("", "node", false), ("**", "node", true),
        ]
    )
    func patterns(pattern: String, reference: String, expected: Bool) throws {
        #expect(ReferencePattern(pattern).matches(try ImageReference(parsing: reference)) == expected)
    }

    @Test("A hostile pattern takes no time")
    func hostilePattern() {
        let pattern = ReferencePattern(String(repeating: "*a", count: 500) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 5_000)))
    }

    @Test("An organization's sources are part of its profile")
    func ownPatterns() {
        let profile = PolicyProfile.classic(approvedBaseImages: ["docker.io/docker/dhi-*"])
        #expect(Sample().judge("approved-base-images", in: profile)?.state == .failed)
    }
}

@Suite("Supply chain attestations")
struct SupplyChainAttestationsTests {
    typealias Presence = AttestationSummary.Presence
    typealias Mode = AttestationSummary.ProvenanceMode

    @Test(
        "An SBOM and provenance in max mode, both about this image",
        arguments: [
            (Presence.present, Presence.present, Mode.max, Verdict.passed, 0), (.present, .present, .min, .failed, 1),
            (.absent, .present, .max, .failed, 1), (.present, .absent, nil, .failed, 1),
            (.absent, .absent, nil, .failed, 2),
            (.absent, .present, .min, .failed, 2), (.ofAnotherImage, .present, .max, .failed, 1),
            (.present, .ofAnotherImage, .max, .failed, 1), (.present, .present, nil, .unknown, 0),
            (.absent, .present, nil, .failed, 1),
        ] as [(Presence, Presence, Mode?, Verdict, Int)]
    )
    func attestations(sbom: Presence, provenance: Presence, mode: Mode?, state: Verdict, deviations: Int) throws {
        let sample = Sample.with {
            $0.attestations = AttestationSummary(sbom: sbom, provenance: provenance, provenanceMode: mode)
        }
        let result = try #require(sample.judge("supply-chain-attestations"))
        #expect(result.state == state)
        #expect(result.deviations.count == deviations)
        #expect(result.cell == (state == .unknown ? .noData : .count(deviations, unit: "deviation")))
        if state == .failed { #expect(result.remediation?.contains("--") == true) }
    }
}
