// SPDX-License-Identifier: Apache-2.0

import BaseImages
import OCISpec
import Testing

@Suite("Tags that no list has")
struct TagRuleTests {
    static let fixture = KitFixture()

    /// A tag, and one that means the same; nil where nobody can say what it means.
    static let same: [(tag: String, as: String?)] = [
        ("node:24.21.0-slim", "node:24.21.0-bookworm-slim"), ("node:24.21-slim", "node:24.21.0-bookworm-slim"),
        ("node:krypton-slim", "node:24-slim"), ("node:krypton-bookworm", "node:24-bookworm"), ("node:jod", "node:22"),
        ("node:22.23.2", "node:22.23.2-bookworm"), ("node:krypton-alpine", "node:24-alpine"),
        ("ubuntu:jammy", "ubuntu:22.04"), ("ubuntu:focal", "ubuntu:20.04"), ("ubuntu:bionic", "ubuntu:18.04"),
        ("python:3.12-slim", "python:3.12.14-slim-trixie"), ("python:3.12.14-slim", "python:3.12-slim-trixie"),
        ("public.ecr.aws/docker/library/node:krypton-slim", "node:24-slim"),
        // A version that no image is recorded to have, a line that is not there, and what only looks like a version.
        ("node:24.1.0-slim", nil), ("python:3.12.4-slim", nil), ("node:25.99.0", nil), ("node:24.21.0-nonsense", nil),
        ("node:24.-slim", nil), ("node:24.21.0.1-slim", nil), ("node:99999999999999999999-slim", nil),
        ("node:krypton-nonsense", nil), ("ubuntu:nonsense", nil), ("golang:1.24-slim", nil), ("python:v3.12-slim", nil),
        ("python:3.12-SLIM", nil), ("debian:krypton", nil), ("alpine:krypton-slim", nil),
        // What a digest names is not what the tag beside it names.
        ("python:3.12-slim@sha256:0000000000000000000000000000000000000000000000000000000000000000", nil),
        // Repositories of others.
        ("someone/python:3.12-slim", nil), ("localhost:5000/python:3.12-slim", nil),
        ("ghcr.io/library/python:3.12", nil),
        ("gcr.io/distroless/nothing:nonroot", nil), ("dhi.io/nothing:1", nil),
        ("registry.example.com:443/node:22", nil),
    ]

    @Test("a tag means what its publisher's names make certain, and nothing else", arguments: same)
    func means(tag: String, other: String?) throws {
        let image = try Self.fixture.image(tag)
        guard let other else {
            #expect(image == nil)
            return
        }
        let expected = try #require(try Self.fixture.image(other))
        #expect(image?.configuration.config.env == expected.configuration.config.env)
        #expect(image?.configuration.rootfs.diffIDs == expected.configuration.rootfs.diffIDs)
    }

    static let near: [(tag: String, first: String?)] = [
        ("python:3.12.4-slim", "python:3.12.14-slim"), ("node:24.1.0-alpine", "node:24.19-alpine"),
        ("golang:1.24.3", "golang:1.24"), ("dhi.io/node:24-alpine3.19", nil), ("someone/python:3.12-slim", nil),
        ("docker/dhi-node:24-alpine3.2", nil), ("localhost:5000/x:1", nil),
    ]

    @Test("of a tag that is not known, the known ones near it are said", arguments: near)
    func isNear(tag: String, first: String?) throws {
        let found = Self.fixture.kit.knownNear(try ImageReference(parsing: tag).withDefaultTag)
        #expect(found.count <= 3)
        if let first { #expect(found.map(\.familiar).contains(first), "\(found.map(\.familiar))") }
        for reference in found {
            #expect(try Self.fixture.kit.image(reference) != nil)
            #expect(reference.name == (try ImageReference(parsing: tag)).name)
        }
        if tag.hasPrefix("someone") || tag.hasPrefix("localhost") { #expect(found.isEmpty) }
    }
}
