// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import HostFiles
import OCISpec
import SeaworthyTestSupport
import Synchronization

@testable import Registries

/// A registry on this machine, and a client that asks it; waits are written down and not waited for.
final class RegistryBench: Sendable {
    typealias Change = @Sendable (LoopbackServer.Request, LoopbackServer.Reply) -> LoopbackServer.Reply

    let server: LoopbackServer
    let scratch: ScratchFolder
    private let waits = Mutex<[Int]>([])
    private let events = Mutex<[PullEvent]>([])

    /// - Parameter change: makes another answer of a right one.
    init(_ registry: TestRegistry, change: @escaping Change = { $1 }) throws {
        scratch = try ScratchFolder()
        try HostFile.makeFolder(scratch.path("blobs"))
        server = try LoopbackServer { change($0, registry.answer($0)) }
    }

    /// The seconds that the client waited.
    var waited: [Int] { waits.withLock { $0 } }
    /// What the client reported, the pieces of blobs left out.
    var reported: [PullEvent] {
        events.withLock { $0 }.filter { if case .receiving = $0 { false } else { true } }
    }

    /// Fetches an image of this registry.
    ///
    /// - Parameter name: without the registry.
    func fetch(
        _ name: String,
        platform: Platform? = .linuxAMD64,
        config: String? = nil,
        limits change: (inout TransferLimits) -> Void = { _ in },
        held: @escaping (Descriptor) -> ByteSource? = { _ in nil }
    ) throws -> FetchedImage {
        var limits = TransferLimits(.standard)
        limits.stallSeconds = 2
        limits.connectSeconds = 2
        change(&limits)
        let bounds = limits
        let client = RegistryClient(
            limits: limits,
            credentials: {
                try config.map { try RegistryCredentials(parsing: Array($0.utf8), path: "config.json") } ?? .none
            },
            transport: { try CurlTransport(environment: [:], userAgent: "test", limits: bounds) },
            wait: { [self] seconds in waits.withLock { $0.append(seconds) } }
        )
        let reference = try ImageReference(parsing: "\(server.authority)/\(name)")
        return try client.fetch(
            reference,
            platform: platform,
            staging: .init(folder: scratch.path("blobs"), held: held),
            report: { [self] event in events.withLock { $0.append(event) } }
        )
    }

    /// Whether the folder for blobs is empty, as it is to be whatever happened.
    func isClean() throws -> Bool { try scratch.listing() == ["blobs"] }

    /// A small image.
    static func image(_ text: String = "hello", platform: Platform = .linuxAMD64) throws -> TestImage {
        try TestImage([["etc/motd": .text(text)]], platform: platform)
    }

    /// A statement about an image.
    static func statement(_ image: TestImage) -> [UInt8] {
        Array(
            """
            {"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://spdx.dev/Document",\
            "subject":[{"name":"x","digest":{"sha256":"\(image.manifestDigest.hex)"}}],"predicate":{}}
            """.utf8
        )
    }
}
