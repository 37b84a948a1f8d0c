// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import HostFiles
import ImageLayouts
import OCISpec
import SeaworthyTestSupport
import Testing

@testable import Registries

@Suite("Images from an engine's socket")
struct EngineSocketTests {
    private let scratch: ScratchFolder
    private let image: TestImage

    init() throws {
        scratch = try ScratchFolder()
        image = try RegistryBench.image()
        try HostFile.makeFolder(scratch.path("blobs"))
    }

    private func fetch(
        _ name: String,
        platform: Platform? = nil,
        bytes: Int? = nil,
        _ answer: @escaping @Sendable (LoopbackServer.Request) -> LoopbackServer.Reply
    ) throws -> (FetchedImage, [String]) {
        var limits = TransferLimits(.standard)
        limits.stallSeconds = 1
        limits.attempts = 1
        if let bytes { limits.image.expandedBytes = bytes }
        let bounds = limits
        let server = try LoopbackServer(socketPath: scratch.path("s"), answer)
        defer { HostFile.remove(scratch.path("s")) }
        let socket = EngineSocket(path: scratch.path("s"), limits: limits) {
            try CurlTransport(environment: [:], userAgent: "test", limits: bounds)
        }
        let reference = try ImageReference(parsing: name)
        let fetched = try socket.fetch(reference, platform: platform, folder: scratch.path("blobs"))
        return (fetched, server.requests.map { "\($0.method) \($0.target)" })
    }

    @Test("come in every form that engines send", arguments: ["docker 25", "docker 20", "podman"])
    func forms(engine: String) throws {
        let name = "docker.io/library/test:latest"
        let tar: [UInt8]
        switch engine {
        case "docker 25": tar = try image.dockerSave(names: [name]).tar()
        case "docker 20": tar = try image.legacyDockerSave(tags: ["test:latest"]).tar()
        default: tar = try image.legacyDockerSave(tags: [name]).tar()
        }
        let (fetched, requests) = try fetch("test") { _ in .answer(200, [("Content-Type", "application/x-tar")], tar) }
        #expect(requests == ["GET /images/\(name)/get"])
        #expect(fetched.name.description == name)
        #expect(fetched.image.configurationBytes == image.configurationBytes)
        try fetched.image.verifyLayers()
        #expect(fetched.bundle.images.count == 1)
        #expect(try scratch.listing() == ["blobs"])
    }

    @Test("come by digest where the engine keeps digests")
    func digest() throws {
        let tar = try image.dockerSave(names: []).tar()
        let (fetched, requests) = try fetch("acme/app@\(image.manifestDigest)") { _ in .answer(200, [], tar) }
        #expect(requests == ["GET /images/docker.io/acme/app@\(image.manifestDigest)/get"])
        #expect(fetched.image.manifestDigest == image.manifestDigest)
        #expect(fetched.name.tag == nil && fetched.name.digest == image.manifestDigest)
        let other = try RegistryBench.image("other").manifestDigest
        let failure = RegistryClientTests.failure { try fetch("acme/app@\(other)") { _ in .answer(200, [], tar) } }
        #expect(failure?.code == .malformedInput)
    }

    /// What a socket answers, and what comes of it.
    static let rows: [(reply: LoopbackServer.Reply, code: Failure.Code, says: String)] = [
        (.answer(404, [], Array(#"{"message":"No such image: test:latest"}"#.utf8)), .noInput, "No such image"),
        (.answer(500, [], Array(#"{"message":"out of order"}"#.utf8)), .unavailable, "out of order"),
        (.answer(200, [], Array("<html>".utf8)), .malformedInput, ""), (.answer(200), .malformedInput, ""),
        (.raw(Array("hello\r\n".utf8)), .malformedInput, ""), (.raw([]), .unavailable, "breaks"),
        (.silence, .unavailable, "in time"),
        (
            .endless(head: "HTTP/1.1 200 OK\r\n\r\n", piece: [UInt8](repeating: 0, count: 1 << 16)), .overLimit,
            "archive"
        ),
    ]

    @Test("are refused where the answer is wrong", arguments: rows.indices)
    func refuses(index: Int) throws {
        let row = Self.rows[index]
        let failure = RegistryClientTests.failure { try fetch("test", bytes: 1 << 20) { _ in row.reply } }
        #expect(failure?.code == row.code, "\(failure?.description ?? "fetched")")
        let words = "\(failure?.what ?? ""); \(failure?.why ?? "")"
        #expect(row.says.isEmpty || words.contains(row.says), "\(words)")
        #expect(try scratch.listing() == ["blobs"])
    }

    @Test("of another name, of two names, or for another platform are refused")
    func others() throws {
        let other = try image.dockerSave(names: ["docker.io/acme/other:1"]).tar()
        #expect(
            RegistryClientTests.failure { try fetch("test") { _ in .answer(200, [], other) } }?.code == .malformedInput
        )
        let own = try image.dockerSave().tar()
        let arm = Platform(os: "linux", architecture: "arm64")
        #expect(
            RegistryClientTests.failure { try fetch("test", platform: arm) { _ in .answer(200, [], own) } }?.code
                == .noInput
        )
        let cut = Array(own.prefix(own.count / 2))
        #expect(
            RegistryClientTests.failure { try fetch("test") { _ in .answer(200, [], cut) } }?.code == .malformedInput
        )
    }

    @Test("are looked for where engines listen")
    func places() throws {
        let server = try LoopbackServer(socketPath: scratch.path("docker.sock")) { _ in .silence }
        _ = server
        #expect(try EngineSocket.path(environment: ["DOCKER_HOST": "unix:///x/y"]) == "/x/y")
        #expect(try EngineSocket.path(environment: ["CONTAINER_HOST": "unix:///x/z"]) == "/x/z")
        for host in ["tcp://127.0.0.1:2375", "ssh://host", "unix://", "/x/y"] {
            let failure = RegistryClientTests.failure { try EngineSocket.path(environment: ["DOCKER_HOST": host]) }
            #expect(failure?.code == .unavailable && failure?.fix != nil)
        }
        if HostFile.kind(of: "/var/run/docker.sock") == nil {
            #expect(
                try EngineSocket.path(environment: ["XDG_RUNTIME_DIR": scratch.path]) == scratch.path("docker.sock")
            )
            let failure = RegistryClientTests.failure { try EngineSocket.path(environment: ["DOCKER_HOST": ""]) }
            #expect(failure == nil || failure?.code == .unavailable)
        }
    }

    @Test("are not to be had where nobody listens")
    func nobody() throws {
        let socket = EngineSocket(path: scratch.path("none"), limits: TransferLimits(.standard)) {
            try CurlTransport(environment: [:], userAgent: "test", limits: TransferLimits(.standard))
        }
        let failure = RegistryClientTests.failure {
            try socket.fetch(try ImageReference(parsing: "test"), folder: scratch.path("blobs"))
        }
        #expect(failure?.code == .unavailable)
        #expect(failure?.what.contains(scratch.path("none")) == true)
    }
}
