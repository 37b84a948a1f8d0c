// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import ImageLayouts
import JSONValues
import OCISpec
import SeaworthyTestSupport
import Testing

@testable import Registries

@Suite("Images from a registry")
struct RegistryClientTests {
    private let image: TestImage
    private var registry = TestRegistry()

    init() throws {
        image = try RegistryBench.image()
        try registry.push(try image.ociLayout(), as: "acme/app:1")
        try registry.push(try image.ociLayout(statements: [RegistryBench.statement(image)]), as: "acme/attested:1")
        try registry.push(
            try image.ociLayout(nested: true, absent: [Platform(os: "linux", architecture: "arm64")]),
            as: "acme/many:1"
        )
    }

    @Test("come whole, by tag and by digest")
    func whole() throws {
        let bench = try RegistryBench(registry)
        for name in ["acme/app:1", "acme/app@\(image.manifestDigest)", "acme/app:gone@\(image.manifestDigest)"] {
            let fetched = try bench.fetch(name)
            #expect(fetched.image.manifestDigest == image.manifestDigest)
            #expect(fetched.bundle.root.digest == image.manifestDigest)
            #expect(fetched.image.configurationBytes == image.configurationBytes)
            #expect(fetched.bundle.blobs.count == 3)
            try fetched.image.verifyLayers()
            // A digest decides, and a tag beside it is not what was fetched.
            #expect((fetched.name.digest == nil) == !name.contains("@"))
            #expect((fetched.name.tag == nil) == name.contains("@"))
        }
        #expect(try bench.isClean())
        let accepts = bench.server.requests.filter { $0.target.contains("/manifests/") }.map {
            $0.fields["accept"] ?? ""
        }
        #expect(accepts.allSatisfy { $0.contains(MediaType.index) && $0.contains(MediaType.dockerManifest) })
        #expect(bench.server.requests.allSatisfy { $0.fields["authorization"] == nil })
    }

    @Test("come with the attestations of their index")
    func attested() throws {
        let bench = try RegistryBench(registry)
        let fetched = try bench.fetch("acme/attested:1")
        #expect(fetched.image.attestations.map(\.statement.predicateType) == ["https://spdx.dev/Document"])
        #expect(fetched.image.indexDigest == fetched.bundle.root.digest)
        // Index, image, configuration and layer; attestation manifest, its configuration and statement.
        #expect(fetched.bundle.blobs.count == 7)
    }

    @Test("come without an attestation that the registry lacks, and say so")
    func attestationAbsent() throws {
        let index = try #require(registry.manifests["acme/attested:1"])
        let parsed = try JSONReader.decode(ImageIndex.self, from: index, limits: .own)
        let lost = try #require(parsed.manifests.last).digest
        var lacking = registry
        lacking.manifests["acme/attested@\(lost)"] = nil
        let bench = try RegistryBench(lacking)
        let fetched = try bench.fetch("acme/attested:1")
        #expect(fetched.image.attestations.isEmpty && fetched.image.manifestDigest == image.manifestDigest)
        #expect(bench.reported.contains(.attestationAbsent(lost)))
    }

    @Test("are chosen by platform")
    func platforms() throws {
        let bench = try RegistryBench(registry)
        #expect(try bench.fetch("acme/many:1").image.platform == .linuxAMD64)
        let absent = #expect(throws: Failure.self) {
            try bench.fetch("acme/many:1", platform: Platform(os: "linux", architecture: "s390x"))
        }
        #expect(absent?.reason == .noSuchImage)
        #expect(absent?.why?.contains("linux/arm64, linux/amd64") == true)
        // The index names it and the registry does not have it.
        let lost = #expect(throws: Failure.self) {
            try bench.fetch("acme/many:1", platform: Platform(os: "linux", architecture: "arm64"))
        }
        #expect(lost?.code == .malformedInput)
        let single = #expect(throws: Failure.self) {
            try bench.fetch("acme/app:1", platform: Platform(os: "linux", architecture: "arm64"))
        }
        #expect(single?.code == .noInput)
        #expect(try bench.isClean())
    }

    @Test("are not fetched twice where blobs are held")
    func held() throws {
        let bench = try RegistryBench(registry)
        let layer = try #require(image.layerBlobs.first)
        let fetched = try bench.fetch("acme/app:1", held: { $0.size == layer.count ? .bytes(layer) : nil })
        #expect(fetched.image.manifestDigest == image.manifestDigest)
        #expect(bench.server.requests.filter { $0.target.contains("/blobs/") }.count == 1)
    }

    @Test(
        "come through every login",
        arguments: [
            (TestRegistry.Login.anonymousToken, nil as String?, nil as Failure.Code?),
            (
                .token(user: "ada", password: "pass:word"),
                #"{"auths":{"HOST":{"username":"ada","password":"pass:word"}}}"#, nil
            ),
            (
                .token(user: "ada", password: "x"), #"{"auths":{"HOST":{"username":"ada","password":"y"}}}"#,
                .unavailable
            ),
            (.token(user: "ada", password: "x"), nil, .unavailable),
            (.basic(user: "ada", password: "x"), #"{"auths":{"HOST":{"username":"ada","password":"x"}}}"#, nil),
            (
                .basic(user: "ada", password: "x"), #"{"auths":{"HOST":{"username":"ada","password":"y"}}}"#,
                .unavailable
            ),
            (.basic(user: "ada", password: "x"), #"{"credsStore":"desktop"}"#, .unavailable),
            (.identity("id-1"), #"{"auths":{"HOST":{"identitytoken":"id-1"}}}"#, nil),
            (.identity("id-1"), #"{"auths":{"HOST":{"identitytoken":"id-2"}}}"#, .unavailable),
            (.anonymousToken, #"{"credsStore":"desktop"}"#, nil),
            (.anonymousToken, "no json", .malformedInput),
            (.open, "no json", nil),
        ]
    )
    func logins(row: (login: TestRegistry.Login, config: String?, code: Failure.Code?)) throws {
        var guarded = registry
        guarded.login = row.login
        let bench = try RegistryBench(guarded)
        let config = row.config?.replacing("HOST", with: bench.server.authority)
        var failure: Failure?
        do {
            #expect(try bench.fetch("acme/app:1", config: config).image.manifestDigest == image.manifestDigest)
        } catch { failure = error as? Failure }
        #expect(failure?.code == row.code, "\(failure?.description ?? "")")
        #expect(failure == nil || failure?.fix != nil)
        #expect(failure?.description.contains("pass:word") != true)
        let scopes = bench.server.requests.filter { $0.path == "/token" && $0.method == "GET" }.map(\.target)
        #expect(scopes.allSatisfy { $0.contains("scope=repository%3Aacme%2Fapp%3Apull") && !$0.contains("catalog") })
    }

    @Test("come through redirects, which get no credentials elsewhere")
    func redirects() throws {
        let blobs = registry.blobs
        let other = try LoopbackServer { request in
            let name = request.path.split(separator: "/").last.map(String.init) ?? ""
            return blobs[name].map { .answer(200, [], $0) } ?? .answer(404)
        }
        var guarded = registry
        guarded.login = .basic(user: "ada", password: "x")
        let place = other.authority
        let bench = try RegistryBench(guarded) { request, reply in
            guard request.target.contains("/blobs/"), case .answer(200, _, _) = reply else { return reply }
            let name = request.path.split(separator: "/").last ?? ""
            return .answer(307, [("Location", "http://\(place)/signed/\(name)?signature=abc")])
        }
        let config = #"{"auths":{"\#(bench.server.authority)":{"username":"ada","password":"x"}}}"#
        #expect(try bench.fetch("acme/app:1", config: config).image.manifestDigest == image.manifestDigest)
        #expect(other.requests.count == 2)
        #expect(other.requests.allSatisfy { $0.fields["authorization"] == nil && $0.target.contains("?signature=abc") })
        #expect(bench.server.requests.contains { $0.target.contains("/blobs/") && $0.fields["authorization"] != nil })
    }

    /// What a busy server says each time, and how long the client waits for it in the end.
    static let busy: [(status: Int, fields: [(String, String)], times: Int, waited: [Int], code: Failure.Code?)] = [
        (429, [("Retry-After", "7")], 1, [7], nil),
        (503, [], 3, [1, 2, 4], nil), (500, [("Retry-After", "soon")], 2, [1, 2], nil),
        (502, [("Retry-After", "-3")], 1, [0], nil),
        (
            429,
            [("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Date", "Sun, 06 Nov 1994 08:49:07 GMT")], 1, [30], nil
        ),
        (503, [], 9, [1, 2, 4], .unavailable), (429, [("Retry-After", "3600")], 9, [], .unavailable),
        (429, [("Retry-After", "99999999999999999999")], 2, [1, 2], nil),
    ]

    @Test("wait for a server that is busy, within bounds", arguments: busy.indices)
    func waits(index: Int) throws {
        let row = Self.busy[index]
        let counter = Counter()
        let bench = try RegistryBench(registry) { request, reply in
            guard request.target.contains("/manifests/"), counter.next() <= row.times else { return reply }
            return .answer(row.status, row.fields, TestRegistry.error("TOOMANYREQUESTS"))
        }
        let failure = Self.failure { try bench.fetch("acme/app:1") }
        #expect(failure?.code == row.code)
        #expect(bench.waited == row.waited)
        if row.code != nil { #expect(failure?.why?.contains("TOOMANYREQUESTS") == true) }
    }

    @Test("come again where the connection breaks")
    func breaks() throws {
        let counter = Counter()
        let bench = try RegistryBench(registry) { request, reply in
            guard request.target.contains("/blobs/"), counter.next() <= 2 else { return reply }
            return .raw(
                Array("HTTP/1.1 200 OK\r\n\r\n".utf8).dropLast(2)
                    + Array("Transfer-Encoding: chunked\r\n\r\n5\r\nab".utf8)
            )
        }
        #expect(try bench.fetch("acme/app:1").image.manifestDigest == image.manifestDigest)
        #expect(bench.waited == [1, 2])
        #expect(try bench.isClean())
    }

    static func failure(_ body: () throws -> some Any) -> Failure? {
        do {
            _ = try body()
            return nil
        } catch { return error as? Failure }
    }
}
