// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import ImagePolicies
import OCISpec
import Packages
import SeaworthyTestSupport
import Testing

@testable import ImageAnalysis

@Suite("What an image says of its base, against the layers that it stands on")
struct BaseImageContradictionTests {
    static let catalog = LessonImage.kit.catalog

    /// The recorded image of a name, as layers show it: under all names of its newest digest.
    static func layers(_ name: String) throws -> FoundBaseImage {
        let record = try #require(catalog.history(of: ImageReference(parsing: name)).last)
        let digest = try #require(record.manifestDigest ?? record.indexDigest ?? record.configDigest)
        return FoundBaseImage(reference: nil, digest: nil, source: .layers, candidates: catalog.tags(at: digest))
    }

    static func told(_ name: String, _ digest: Digest? = nil) throws -> BaseImageUse {
        .image(FoundBaseImage(reference: try ImageReference(parsing: name), digest: digest, source: .provenance))
    }

    struct Row: Sendable {
        let told: String
        let layers: String?
        let system: Distribution?
        let contradicts: Bool

        init(_ told: String, _ layers: String?, _ contradicts: Bool, _ system: Distribution? = nil) {
            self.told = told
            self.layers = layers
            self.system = system
            self.contradicts = contradicts
        }
    }

    static let bullseye = Distribution(id: "debian", versionID: "11", codename: "bullseye")
    static let bookworm = Distribution(id: "debian", versionID: "12", codename: "bookworm")
    static let trixie = Distribution(id: "debian", versionID: "13", codename: "trixie")
    static let alpine = Distribution(id: "alpine", versionID: "3.22.6")

    @Test(
        "Both cannot be so, or may be",
        arguments: rows([
            Row("scratch", "debian:bullseye-slim", true), Row("scratch", "alpine:3.24", true),
            Row("scratch", nil, false),
            Row("debian:trixie-slim", "debian:bullseye-slim", true),
            Row("debian:13-slim", "debian:bullseye-slim", true),
            Row("alpine:3.24", "alpine:3.22", true), Row("alpine:3.22", "debian:trixie-slim", true),
            Row("node:24-alpine", "node:24-bookworm-slim", true),
            Row("python:3.13-slim", "node:24-bookworm-slim", true),
            Row("node:24-trixie-slim", "debian:bullseye-slim", true),
            Row("node:24-alpine3.24", "debian:trixie-slim", true),
            Row("debian:trixie-slim", nil, true, bullseye), Row("node:24-alpine", nil, true, bookworm),
            Row("alpine:3.24", nil, true, alpine),
            // The same image, under this name or another.
            Row("debian:bullseye-slim", "debian:bullseye-slim", false, bullseye),
            Row("debian:11-slim", "debian:bullseye-slim", false, bullseye),
            Row("node:lts-slim", "node:24-bookworm-slim", false, bookworm), Row("alpine", "alpine:3.24", false),
            // An image on a system whose layers are recorded, and one that nobody knows.
            Row("node:24-bookworm-slim", "debian:bookworm-slim", false, bookworm),
            Row("node:24", "debian:bookworm-slim", false, bookworm),
            Row("acme/base:1", "debian:bullseye-slim", false, bullseye), Row("acme/base:1", nil, false, alpine),
            Row("acme/base:1", "node:24-bookworm-slim", false, bookworm),
            // A system that was upgraded, and a tag that moves.
            Row("debian:bookworm-slim", nil, false, trixie), Row("debian:stable-slim", nil, false, trixie),
        ])
    )
    func table(row: NumberedRow<Row>) throws {
        let contradiction = BaseImageContradiction(
            facts: Self.catalog,
            layers: try row.value.layers.map(Self.layers),
            distribution: row.value.system
        )
        let told: BaseImageUse = row.value.told == "scratch" ? .scratch : try Self.told(row.value.told)
        let reason = contradiction.reason(told)
        #expect((reason != nil) == row.value.contradicts, "\(row.value.told): \(reason ?? "nothing")")
        if let reason { #expect(reason.contains(row.value.told)) }
    }

    @Test("An image that contradicts itself has no data on its base, with both names, and a finding")
    func noData() throws {
        var image = LessonImage(user: "node")
        try image.attest()
        let provenance = Array(
            #"{"buildType":"https://mobyproject.org/buildkit@v1","builder":{"id":""},"buildConfig":{"llbDefinition":[{"id":"step0"}]},"materials":[],"metadata":{"https://mobyproject.org/buildkit@v1#metadata":{"source":{"infos":[{"filename":"Dockerfile","data":"RlJPTSBzY3JhdGNoCg=="}]}}}}"#
                .utf8
        )
        image.statements[1] = InTotoStatement(
            type: image.statements[1].type,
            subjects: image.statements[1].subjects,
            predicateType: image.statements[1].predicateType,
            predicate: provenance
        )
        let report = try image.report()
        for id in ["no-stale-base-images", "approved-base-images"] {
            let result = try #require(report.policies.result(id))
            #expect(result.state == .unknown)
            #expect(result.noDataReason?.contains("scratch") == true && result.noDataReason?.contains("node:") == true)
        }
        #expect(report.findings.contains { $0.rule == "base-image-contradiction" })
    }
}
