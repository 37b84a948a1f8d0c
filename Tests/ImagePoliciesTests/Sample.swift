// SPDX-License-Identifier: Apache-2.0

import Advisories
import BaseImages
import Diagnostics
import OCISpec
import Packages
import SystemFiles
import Testing

@testable import ImagePolicies

/// An input that meets every classic policy, to be changed in one place by each test.
struct Sample {
    var user: String? = "node"
    var accounts = Accounts(
        passwd: Array(
            """
            root:x:0:0:root:/root:/bin/sh
            node:x:1000:1000::/home/node:/bin/sh
            toor:x:0:0::/:/bin/sh
            words:x:many:1::/:

            """.utf8
        ),
        group: Array("root:x:0:\nnode:x:1000:\n".utf8)
    )
    var created: String? = "2026-10-20T10:00:00Z"
    var platform = Platform.linuxAMD64
    var distribution: Distribution? = Distribution(
        id: "debian",
        versionID: "12",
        codename: "bookworm",
        prettyName: "Debian GNU/Linux 12 (bookworm)"
    )
    var packages = [Sample.package("express", "5.2.1", ["MIT"])]
    var matches: [VulnerabilityMatch] = []
    var gaps: [CoverageGap] = []
    var undecided: [Undecided] = []
    var attestations = AttestationSummary(sbom: .present, provenance: .present, provenanceMode: .max)
    var base: BaseImageUse = Sample.base("node:lts-slim", Sample.digest(3))
    var facts: (any BaseImageFacts)? = FakeFacts()
    var today = "2026-11-23"
    var unknowns: [Unknown] = []

    var input: PolicyInput { missing([:]) }

    /// The input, with facets of which nothing is known.
    func missing(_ missing: [Facet: String]) -> PolicyInput {
        var config = ContainerConfiguration()
        config.user = user
        return PolicyInput(
            reference: try? ImageReference(parsing: "acme/memes-r-us"),
            digest: Sample.digest(9),
            configuration: ImageConfiguration(created: created, platform: platform, config: config),
            accounts: accounts,
            distribution: distribution,
            packages: packages,
            vulnerabilities: MatchReport(
                matches: matches,
                dataSet: DataSetIdentity(version: "1", digest: "d", asOf: "2026-10-01"),
                gaps: gaps,
                undecided: undecided
            ),
            attestations: attestations,
            base: base,
            facts: facts,
            today: today,
            unknowns: unknowns,
            missing: missing
        )
    }

    func judge(_ id: String, in profile: PolicyProfile = .classic) -> PolicyResult? { profile.judge(input).result(id) }

    /// The sample with something changed.
    static func with(_ change: (inout Sample) -> Void) -> Sample {
        var sample = Sample()
        change(&sample)
        return sample
    }

    static func package(_ name: String, _ version: String = "1.0.0", _ licenses: [String] = ["MIT"]) -> Package {
        Package(type: .npm, name: name, version: version, licenses: licenses, foundBy: "test")
    }

    static func match(
        _ id: String,
        _ severity: VulnerabilitySeverity,
        fixed: String? = "2.0.0",
        aliases: [String] = [],
        kev: Bool = false,
        published: String? = nil
    ) -> VulnerabilityMatch {
        VulnerabilityMatch(
            id: id,
            aliases: aliases,
            package: package("p"),
            severity: severity,
            fixedVersion: fixed,
            isKEV: kev,
            published: published
        )
    }

    static let mark = VEXMark(
        status: "not_affected",
        justification: "vulnerable_code_not_in_execute_path",
        impact: nil,
        author: "Somebody <s@example.org>",
        source: "attestation"
    )

    static func digest(_ number: UInt8) -> Digest {
        Digest(algorithm: .sha256, hash: [UInt8](repeating: number, count: 32)) ?? fallback
    }

    private static var fallback: Digest { digest(0) }

    static func base(_ reference: String?, _ digest: Digest?, source: FoundBaseImage.Source = .provenance)
        -> BaseImageUse
    {
        .image(
            FoundBaseImage(
                reference: reference.flatMap { try? ImageReference(parsing: $0) },
                digest: digest,
                source: source
            )
        )
    }
}

extension Sample: CustomTestStringConvertible {
    var testDescription: String {
        unknowns.first.map { "\($0.scope): \($0.reason)" } ?? undecided.first?.reason ?? gaps.first?.ecosystem
            ?? "nothing unknown"
    }
}

/// A small world of tags.
///
/// - `node:lts-slim`: digest 1, then 2, now 3; its model: 11, now 13.
/// - `node:24-slim`: the same digest 3 now. `node:20-alpine`: digest 5, gone. `node:18`: digest 2 still.
/// - `node:22-alpine` and `node:22-alpine3.24` are one image: digest 21, now 22, though of the second only 21 was looked at.
/// - `acme/base:1`: nothing is known. `debian` 12 ends with LTS in 2028, 10 in 2024; `alpine` 3.20 in 2026-04.
struct FakeFacts: BaseImageFacts {
    let asOf = "2026-10-01"

    private static func record(_ tag: String, _ day: String, _ number: UInt8, current: Bool, model: Bool = false)
        -> TagRecord
    {
        TagRecord(
            repository: "docker.io/library/node",
            tag: tag,
            asOf: day,
            isCurrent: current,
            indexDigest: Sample.digest(number),
            manifestDigest: Sample.digest(number &+ 100),
            configDigest: nil,
            isModel: model
        )
    }

    static let records = [
        record("lts-slim", "2026-01-10", 1, current: false), record("lts-slim", "2026-06-23", 2, current: false),
        record("lts-slim", "2026-09-19", 3, current: true),
        record("lts-slim", "2026-01-10", 11, current: false, model: true),
        record("lts-slim", "2026-09-19", 13, current: true, model: true),
        record("24-slim", "2026-09-19", 3, current: true),
        record("20-alpine", "2026-03-25", 5, current: false), record("18", "2026-06-23", 2, current: true),
        record("22-alpine", "2026-08-03", 21, current: false), record("22-alpine3.24", "2026-08-03", 21, current: true),
        record("22-alpine", "2026-09-17", 22, current: true),
    ]

    func history(of reference: ImageReference) -> [TagRecord] {
        Self.records.filter { $0.repository == reference.name && $0.tag == reference.effectiveTag && !$0.isModel }
    }

    func tags(at digest: Digest) -> [TagRecord] {
        Self.records.filter { [$0.indexDigest, $0.manifestDigest].contains(digest) }
    }

    func isSupported(_ reference: ImageReference) -> Bool? {
        guard reference.name == "docker.io/library/node", reference.effectiveTag != "28" else { return nil }
        return reference.effectiveTag != "20-alpine"
    }

    func aliases(of reference: ImageReference) -> [ImageReference] {
        let names = ["22-alpine", "22-alpine3.24"]
        guard let tag = reference.effectiveTag, names.contains(tag) else { return [] }
        return names.filter { $0 != tag }.map {
            ImageReference(domain: reference.domain, path: reference.path, tag: $0, digest: nil)
        }
    }

    func endOfLife(of distribution: Distribution) -> EndOfLife? {
        switch (distribution.id, distribution.versionID) {
        case ("debian", "12"):
            EndOfLife(product: "debian", cycle: "12", date: "2026-07-11", extendedDate: "2028-06-30", hasEnded: true)
        case ("debian", "10"):
            EndOfLife(product: "debian", cycle: "10", date: "2022-09-10", extendedDate: "2024-06-30", hasEnded: true)
        case ("alpine", "3.20.1"):
            EndOfLife(product: "alpine-linux", cycle: "3.20", date: "2026-04-01", extendedDate: nil, hasEnded: true)
        case ("ubuntu", "9.04"):
            EndOfLife(product: "ubuntu", cycle: "9.04", date: nil, extendedDate: nil, hasEnded: true)
        case ("wolfi", nil): EndOfLife(product: "wolfi", cycle: "", date: nil, extendedDate: nil, hasEnded: false)
        default: nil
        }
    }

    func base(forDiffIDs diffIDs: [Digest]) -> [TagRecord] { [] }
    func hardenedImage(_ reference: ImageReference) -> HardenedImage? { nil }
}
