// SPDX-License-Identifier: Apache-2.0

import BaseImages
import OCISpec
import Packages
import Testing

@Suite("What is known of tags, digests and ends of life")
struct BaseImageCatalogTests {
    let catalog = BaseImageCatalog(root: KitFixture.root)

    func reference(_ text: String) throws -> ImageReference { try ImageReference(parsing: text) }

    static let supported: [(name: String, expected: Bool?)] = [
        ("node:lts-slim", true), ("node:24-slim", true), ("node:krypton-slim", true), ("node:24-bookworm-slim", true),
        ("node", true), ("node:24.19.0-slim", true), ("node:24.21.0-slim", true), ("node:24.21-slim", true),
        ("node:24-alpine", true), ("node:24-alpine3.23", true), ("node:jod-alpine", true), ("node:26", true),
        ("node:24-alpine3.22", false), ("node:24-alpine3.20", false), ("node:18-slim", false), ("node:18", false),
        ("node:20-alpine", false), ("node:hydrogen-slim", false), ("node:24.18.0-slim", false),
        ("node:24.19.0-alpine3.22", false),
        ("node:24-nonsense", nil), ("node:LTS-SLIM", nil), ("node:nonsense", nil), ("node:24.999.0-slim", nil),
        ("node:99-slim", nil), ("node:28", nil), ("node:27-trixie", nil), ("node:24-alpine3.25", nil),
        ("node:8-alpine", false),
        ("node:23", false), ("node:24-alpine3.15", false), ("node:24-buster", false), ("node:24-forky", nil),
        ("node:24.99999999999999999999.0-slim", nil), ("node:24.-1.0", nil), ("node:24.", nil),
        ("alpine", true), ("alpine:3.22", true), ("alpine:3.22.6", true), ("alpine:3.22.5", true),
        ("alpine:3.20", false),
        ("alpine:3.22.1", false), ("alpine:3.25", nil), ("alpine:3.25.1", nil), ("alpine:4", nil),
        ("alpine:3.10", false),
        ("alpine:20270101", nil), ("alpine:edge", true), ("alpine:3.22.99", nil),
        ("debian:bookworm-slim", true), ("debian:12.15-slim", true), ("debian:bookworm-20260803-slim", true),
        ("debian:bookworm-20240101-slim", false), ("debian:12.14-slim", false), ("debian:13.7", nil),
        ("debian:9.1", false), ("debian:14", nil), ("debian:14-slim", nil), ("debian:9", false),
        ("debian:12-nonsense", nil), ("debian:latest", true), ("python:3.13.15-slim", true),
        ("python:3.13.1-slim", false), ("python:3.13.99", nil), ("debian:buster-slim", false),
        ("debian:nonsense-20260803", nil),
        ("nginx:1.31.4-alpine", true), ("nginx:1.25", false), ("nginx:1.33", nil), ("python:3.13-slim", true),
        ("python:3.16-slim", nil), ("python:3.15", nil), ("python:2.7", false), ("python:3.8-slim", false),
        // Of these only tags are known that are listed, or were.
        ("redis:8", true), ("redis:7.0", false), ("redis:99", nil), ("golang:1.24", false), ("golang:1.26", true),
        ("openjdk:17", false), ("eclipse-temurin:21-jre", true), ("golang:1.24.1", nil),
        // Nothing is known of these.
        ("localhost:5000/node:lts-slim", nil), ("ghcr.io/library/node:lts-slim", nil),
        ("someone/node:24-slim", nil), ("dhi.io/redis:8", true), ("dhi.io/redis:99", nil), ("dhi.io/nothing:1", nil),
        ("registry.example.com:443/library/node:lts-slim", nil),
        // Hardened images, by either name.
        ("dhi.io/node:24-alpine3.22", true), ("docker/dhi-node:24-alpine3.22", true),
        ("org/dhi-node:24-alpine3.22-dev", true),
        ("docker/dhi-node:24-alpine3.19", false), ("docker/dhi-node:24-debian13-fips", nil), ("docker/dhi-node", nil),
        ("dhi.io/node:28-alpine3.24", nil),
        // A digest without a tag.
        ("node@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6", true),
        ("node@sha256:cd84903a12dbd26b46f1f3b8144a2568c41c5d37ddd0c7a80a34c7a19786b35f", true),
        ("node@sha256:0000000000000000000000000000000000000000000000000000000000000000", nil),
    ]

    @Test("a tag is supported, is not, or nothing is known", arguments: supported)
    func isSupported(name: String, expected: Bool?) throws {
        #expect(try catalog.isSupported(reference(name)) == expected)
    }

    @Test("names with upper-case letters are no references at all", arguments: ["Node:lts-slim", "docker/DHI-node:24"])
    func upperCase(name: String) {
        #expect(throws: ImageReference.ValidationError.self) { try ImageReference(parsing: name) }
    }

    @Test("the day on which a tag was dropped is known")
    func supportEnded() throws {
        #expect(try catalog.supportEnded(of: reference("node:24-alpine3.22")) == "2026-06-10")
        #expect(try catalog.supportEnded(of: reference("node:lts-slim")) == nil)
        #expect(try catalog.supportEnded(of: reference("ghcr.io/library/node:24-alpine3.22")) == nil)
    }

    @Test("a tag's history is told from the oldest, and only the newest is current")
    func history() throws {
        let records = catalog.history(of: try reference("node:lts-slim"))
        #expect(records.map(\.asOf) == ["2023-01-11", "2026-08-03", "2026-09-19"])
        #expect(records.map(\.isCurrent) == [false, false, true])
        #expect(records.allSatisfy { !$0.isModel && $0.repository == "docker.io/library/node" && $0.tag == "lts-slim" })
        #expect(
            records.last?.indexDigest?.description
                == "sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6"
        )
        let pinned = try reference(
            "node:lts-slim@sha256:cd84903a12dbd26b46f1f3b8144a2568c41c5d37ddd0c7a80a34c7a19786b35f"
        )
        #expect(catalog.history(of: pinned) == records)
        let noTag = try reference("node@sha256:cd84903a12dbd26b46f1f3b8144a2568c41c5d37ddd0c7a80a34c7a19786b35f")
        #expect(catalog.history(of: noTag).isEmpty)
        #expect(try catalog.history(of: reference("debian:trixie-slim")).count == 4)
        #expect(try catalog.history(of: reference("debian:trixie-slim")).last?.indexDigest == nil)
        #expect(try catalog.history(of: reference("localhost:5000/library/node:lts-slim")).isEmpty)
        #expect(try catalog.history(of: reference("node:unheard-of")).isEmpty)
    }

    @Test("a digest of index, manifest or configuration tells its tags")
    func tagsAtDigest() throws {
        for hex in [
            "0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6",
            "5cbc7caba8c2c0f0bca675d1b61b9f2857e1cf1853c6164ee9dd409501a936e7",
            "e8c4de1e2519b4f34de27a595df6c2a32df28baa90db80bfaf2e038889d94390",
        ] {
            let records = catalog.tags(at: try Digest(parsing: "sha256:" + hex))
            #expect(records.map(\.tag) == ["24-bookworm-slim", "24-slim", "24.21.0-slim", "lts-slim"])
            #expect(records.allSatisfy { $0.isCurrent })
        }
        let old = catalog.tags(
            at: try Digest(parsing: "sha256:cd84903a12dbd26b46f1f3b8144a2568c41c5d37ddd0c7a80a34c7a19786b35f")
        )
        #expect(old.map(\.tag) == ["24-slim", "lts-slim"])
        #expect(old.allSatisfy { !$0.isCurrent })
        let unheardOf = try Digest.sha256Zero
        #expect(catalog.tags(at: unheardOf).isEmpty)
    }

    @Test("a model's digest tells its tags: current for the newest, not for the older one")
    func tagsAtModelDigest() throws {
        let fixture = KitFixture()
        let newest = try #require(try fixture.image("node:lts-slim"))
        let records = catalog.tags(at: newest.manifestDigest)
        #expect(records.contains { $0.tag == "lts-slim" && $0.isCurrent && $0.isModel })
        #expect(records.allSatisfy { $0.manifestDigest == newest.manifestDigest && $0.indexDigest == nil })
        #expect(catalog.tags(at: newest.manifest.config.digest) == records)
        let older = try #require(
            try fixture.image("node:lts-slim@sha256:cd84903a12dbd26b46f1f3b8144a2568c41c5d37ddd0c7a80a34c7a19786b35f")
        )
        let olderRecords = catalog.tags(at: older.manifestDigest)
        #expect(olderRecords.contains { $0.tag == "lts-slim" && !$0.isCurrent && $0.asOf == "2026-08-03" })
        #expect(olderRecords.contains { $0.tag == "24.19.0-slim" && $0.isCurrent })
    }

    @Test("an image is known by the layers that it begins with, and the longest match wins")
    func baseByLayers() throws {
        let fixture = KitFixture()
        let own = try Digest.sha256Zero
        let image = try #require(try fixture.image("node:lts-slim"))
        let found = catalog.base(forDiffIDs: image.configuration.rootfs.diffIDs + [own])
        #expect(found.contains { $0.tag == "lts-slim" && $0.isModel && $0.isCurrent })
        #expect(found.allSatisfy { $0.repository == "docker.io/library/node" })
        let debian = try Digest(parsing: "sha256:c0f1022b22a9b36851b358f44e5475e39d166e71a8073cf53c894a299239b1c5")
        #expect(catalog.base(forDiffIDs: [debian, own]).map(\.tag) == ["bookworm-slim"])
        #expect(catalog.base(forDiffIDs: [own, debian]).isEmpty)
        #expect(catalog.base(forDiffIDs: []).isEmpty)
        // The layers of the real image as compressed, which copies between registries keep.
        let real = try [
            "774043ccc8ccd0d0833a9ee0792142ab7ad93df971e59dd248fbf82db16d0150",
            "eab09f3e3981ba4ceab089988dd081db334f2221594d7873f6b9e123f32d2105",
            "1c473ca5523b8180b93f87dd2961339837b4d84db4d4998197a64984462b5164",
            "2a11efab31915186066efa212f7ba10e7ff63c5d49d21d07c4a8377a2993e70b",
            "a0498254f698ab1b2c7d0d1ce51ebdea22c1f01e620433118a5c764fab93a3dc",
        ].map { try Digest(parsing: "sha256:" + $0) }
        #expect(catalog.base(forDiffIDs: real + [own]).contains { $0.tag == "lts-slim" && !$0.isModel })
        #expect(catalog.base(forDiffIDs: Array(real.prefix(4))).allSatisfy { $0.tag != "lts-slim" })
    }

    static let ends: [(distribution: Distribution, date: String?, extended: String?, endedByFacts: Bool?)] = [
        (Distribution(id: "debian", versionID: "12"), "2026-07-11", "2028-06-30", false),
        (Distribution(id: "debian", versionID: "12.15", codename: "bookworm"), "2026-07-11", "2028-06-30", false),
        (Distribution(id: "debian", codename: "bullseye"), "2024-08-14", "2026-08-31", true),
        (Distribution(id: "debian", versionID: "13"), "2028-08-09", "2030-06-30", false),
        (Distribution(id: "alpine", versionID: "3.22.6"), "2027-05-01", nil, false),
        (Distribution(id: "alpine", versionID: "3.20"), "2026-04-01", nil, true),
        (Distribution(id: "ubuntu", versionID: "18.04"), "2023-05-31", nil, true),
        (Distribution(id: "ubuntu", versionID: "24.04"), "2029-05-31", nil, false),
        (Distribution(id: "debian", codename: "sid"), nil, nil, nil),
        (Distribution(id: "alpine", versionID: "3.22_alpha20260101"), nil, nil, nil),
        (Distribution(id: "alpine", versionID: "3"), nil, nil, nil),
        (Distribution(id: "alpine"), nil, nil, nil),
        (Distribution(id: "debian", versionID: ""), nil, nil, nil),
        (Distribution(id: "fedora", versionID: "43"), nil, nil, nil),
    ]

    @Test("a release's end is known by version or codename; the later date rules", arguments: ends)
    func endOfLife(distribution: Distribution, date: String?, extended: String?, endedByFacts: Bool?) throws {
        let end = catalog.endOfLife(of: distribution)
        #expect(end?.date == date)
        #expect(end?.extendedDate == extended)
        #expect(end?.hasEnded(by: catalog.asOf) == endedByFacts)
    }

    @Test("the last day of support is a day of support, and an end without a day is an end")
    func endsAreInclusive() {
        let end = EndOfLife(product: "x", cycle: "1", date: "2026-01-31", extendedDate: nil, hasEnded: false)
        #expect(!end.hasEnded(by: "2026-01-31"))
        #expect(end.hasEnded(by: "2026-02-01"))
        #expect(
            EndOfLife(product: "x", cycle: "1", date: nil, extendedDate: nil, hasEnded: true).hasEnded(by: "2026-01-01")
        )
        #expect(
            !EndOfLife(product: "x", cycle: "1", date: nil, extendedDate: nil, hasEnded: false).hasEnded(
                by: "2026-01-01"
            )
        )
        #expect(catalog.endOfLife(product: "nodejs", cycle: "18")?.date == "2025-04-30")
    }

    static let hardened: [(name: String, image: String?, isBuild: Bool, isListed: Bool)] = [
        ("docker/dhi-node:24-alpine3.22", "node", false, true),
        ("docker/dhi-node:24-alpine3.22-dev", "node", true, true),
        ("dhi.io/node:24-alpine3.22", "node", false, true),
        ("dhi.io/golang:1.26-sdk-alpine", "golang", true, false),
        ("my-org/dhi-python:3.13", "python", false, true),
        ("my-org/dhi-unheard-of:1", "unheard-of", false, false),
        ("dhi.io/node", "node", false, false),
        ("my-org/dhi-node:24-development", "node", false, false),
        ("node:lts-slim", nil, false, false), ("dhi-node:24", nil, false, false),
        ("library/dhi-node:24", nil, false, false),
        ("localhost:5000/org/dhi-node:24", nil, false, false), ("dhi.io/a/b:1", nil, false, false),
        ("a/b/dhi-node:24", nil, false, false), ("org/dhi-dhi-node:24", "dhi-node", false, false),
        ("dhi.io.example.com/node:24", nil, false, false),
    ]

    @Test("hardened images are known by either form of their name", arguments: hardened)
    func hardenedImage(name: String, image: String?, isBuild: Bool, isListed: Bool) throws {
        let parsed = try reference(name)
        let found = catalog.hardenedImage(parsed)
        #expect(found?.image == image)
        #expect(found?.isBuildVariant ?? false == isBuild)
        #expect(found?.isListed ?? false == isListed)
        #expect(found?.tag == (image == nil ? nil : parsed.tag))
    }
}

extension Digest {
    static var sha256Zero: Digest {
        get throws { try Digest(parsing: "sha256:" + String(repeating: "0", count: 64)) }
    }
}
