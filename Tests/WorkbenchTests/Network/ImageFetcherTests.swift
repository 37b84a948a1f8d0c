// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import HostFiles
import ImageLayouts
import OCISpec
import SeaworthyTestSupport
import Testing

@testable import Workbench

/// A registry with an image, and a workbench beside it.
private struct FetchBench {
    let scratch: ScratchFolder
    let server: LoopbackServer
    let image: TestImage

    init(_ change: @escaping @Sendable (LoopbackServer.Request, LoopbackServer.Reply) -> LoopbackServer.Reply = { $1 })
        throws
    {
        scratch = try ScratchFolder()
        image = try TestImage([["etc/motd": .text("real")]])
        var registry = TestRegistry()
        try registry.push(try image.ociLayout(), as: "acme/app:1")
        let filled = registry
        server = try LoopbackServer { change($0, filled.answer($0)) }
    }

    func bench(_ environment: [String: String] = [:]) -> Workbench { TestBench.make(scratch, environment) }

    func reference(_ name: String = "acme/app:1") throws -> ImageReference {
        try ImageReference(parsing: "\(server.authority)/\(name)").withDefaultTag
    }

    func bases(_ bench: Workbench, asksAlways: Bool = false, isNamed: Bool = true) throws -> FetchingBaseImages {
        try FetchingBaseImages(bench, fetcher: ImageFetcher(bench), asksAlways: asksAlways, isNamed: isNamed)
    }
}

@Suite("Fetching images")
struct ImageFetcherTests {
    @Test("puts one into the store, and says whether it is new")
    func pull() throws {
        let made = try FetchBench()
        let bench = made.bench()
        let first = try ImageFetcher(bench).pull(try made.reference())
        #expect(!first.wasCurrent && first.digest == made.image.manifestDigest)
        let again = try ImageFetcher(bench).pull(try made.reference())
        #expect(again.wasCurrent)
        // The second time every blob was there.
        #expect(made.server.requests.filter { $0.target.contains("/blobs/") }.count == 2)
        let names = try bench.store().list().map { $0.reference?.description }
        #expect(names == ["\(made.server.authority)/acme/app:1"])
        let byDigest = try made.reference("acme/app@\(made.image.manifestDigest)")
        _ = try ImageFetcher(bench).pull(byDigest)
        #expect(try bench.store().find(byDigest.description)?.descriptor.digest == made.image.manifestDigest)
        #expect(try bench.kit().baseImage(byDigest, platform: .linuxAMD64)?.model == nil)
        #expect(try bench.store().prune().blobCount == 0)
    }

    @Test("fetches again what the disk has spoilt")
    func spoilt() throws {
        let made = try FetchBench()
        let bench = made.bench()
        _ = try ImageFetcher(bench).pull(try made.reference())
        let layer = try #require(made.image.layerBlobs.first)
        let file = try bench.store().path + "/blobs/sha256/" + made.image.manifest.layers[0].digest.hex
        try HostFile.writeAtomically([UInt8](repeating: 0, count: layer.count), to: file)
        _ = try ImageFetcher(bench).pull(try made.reference())
        #expect(try HostFile.read(file, limit: 1 << 20) == layer)
    }

    @Test("leaves the store as it was when anything is wrong")
    func refused() throws {
        let made = try FetchBench { request, reply in
            guard request.target.contains("/blobs/"), case .answer(let status, let fields, let body) = reply else {
                return reply
            }
            return .answer(status, fields, [UInt8](repeating: 0, count: body.count))
        }
        let bench = made.bench()
        _ = try bench.store()
        let before = try made.scratch.listing()
        #expect(TestBench.code { try ImageFetcher(bench).pull(try made.reference()) } == .malformedInput)
        #expect(try made.scratch.listing() == before)
    }

    @Test("is what registry:// does where the setting allows it, and nowhere else")
    func source() throws {
        let made = try FetchBench()
        let text = "registry://\(made.server.authority)/acme/app:1"
        #expect(TestBench.code { try made.bench().source(text) } == .unavailable)
        #expect(made.server.requests.isEmpty)
        let bench = made.bench(["SEAWORTHY_REGISTRY": "allowed"])
        guard case .image(let found) = try bench.source(text) else { throw Failure(.noInput, "no image") }
        #expect(found.image.manifestDigest == made.image.manifestDigest && found.place == .registry)
        #expect(try bench.store().list().isEmpty)
        #expect(TestBench.code { try made.bench(["SEAWORTHY_REGISTRY": "perhaps"]).source(text) } == .usage)
        let finder = ImageFinder(made.bench(), fetcher: ImageFetcher(made.bench()))
        #expect(try finder.find(text).image.manifestDigest == made.image.manifestDigest)
    }

    @Test("takes images from an engine's socket")
    func engine() throws {
        let scratch = try ScratchFolder()
        let tar = try TestImage([["etc/motd": .text("real")]]).dockerSave(names: ["docker.io/acme/app:1"]).tar()
        let server = try LoopbackServer(socketPath: scratch.path("s")) { _ in .answer(200, [], tar) }
        let bench = TestBench.make(scratch, ["DOCKER_HOST": "unix://" + scratch.path("s")])
        let pulled = try ImageFetcher(bench).pull(try ImageReference(parsing: "acme/app:1"), from: .engine)
        #expect(pulled.name.description == "docker.io/acme/app:1")
        guard case .image(let found) = try bench.source("engine://acme/app:1") else { throw Failure(.noInput, "none") }
        #expect(found.place == .engine && found.image.manifestDigest == pulled.image.manifestDigest)
        #expect(TestBench.code { try bench.source("engine://A") } == .usage)
        #expect(server.requests.count == 2)
    }
}

@Suite("Base images that are fetched")
struct FetchingBaseImagesTests {
    @Test("are asked for once a build, and only where the store has none unless all are")
    func once() throws {
        let made = try FetchBench()
        let bench = made.bench()
        let bases = try made.bases(bench)
        for _ in 0..<3 {
            let found = try bases.baseImage(try made.reference(), platform: .linuxAMD64)
            #expect(found?.manifestDigest == made.image.manifestDigest && found?.model == nil)
        }
        func asked() -> Int { made.server.requests.filter { $0.target.contains("/manifests/") }.count }
        #expect(asked() == 1)
        _ = try made.bases(bench).baseImage(try made.reference(), platform: .linuxAMD64)
        #expect(asked() == 1)
        _ = try made.bases(bench, asksAlways: true).baseImage(try made.reference(), platform: .linuxAMD64)
        #expect(asked() == 2)
    }

    @Test("that cannot be had end a build that named the network")
    func named() throws {
        let made = try FetchBench()
        let bases = try made.bases(made.bench())
        for _ in 0..<2 {
            let code = TestBench.code { try bases.baseImage(try made.reference("acme/none:1"), platform: .linuxAMD64) }
            #expect(code == .noInput)
        }
        #expect(made.server.requests.filter { $0.target.contains("/manifests/") }.count == 1)
        #expect(bases.remarks.isEmpty)
    }

    @Test("that cannot be had are answered by store or kit where only the setting allowed to ask, but never wrong ones")
    func setting() throws {
        let gone = try ImageReference(parsing: "127.0.0.1:1/library/node:24-alpine3.22")
        let made = try FetchBench { _, _ in .answer(200, [("Content-Type", "text/html")], Array("<html>".utf8)) }
        let bases = try made.bases(made.bench(), isNamed: false)
        #expect(try bases.baseImage(gone, platform: .linuxAMD64) == nil)
        #expect(bases.remarks.count == 1 && bases.remarks.first?.contains("127.0.0.1:1") == true)
        #expect(TestBench.code { try bases.baseImage(try made.reference(), platform: .linuxAMD64) } == .malformedInput)
    }

    @Test("of the store answer for a registry that has no such image, and say so")
    func stored() throws {
        let made = try FetchBench()
        let bench = made.bench()
        _ = try ImageFetcher(bench).pull(try made.reference())
        try bench.store().tag(try made.reference().description, as: try made.reference("acme/own:1"))
        let bases = try made.bases(bench, asksAlways: true)
        #expect(try bases.baseImage(try made.reference("acme/own:1"), platform: .linuxAMD64) != nil)
        #expect(bases.remarks.count == 1)
    }
}
