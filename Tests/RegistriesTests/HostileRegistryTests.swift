// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import ImageLayouts
import JSONValues
import OCISpec
import SeaworthyTestSupport
import Testing

@testable import Registries

/// A registry answers with anything. Each row spoils one kind of answer; the image is refused, and nothing is left behind.
@Suite("Registries that answer wrongly")
struct HostileRegistryTests {
    /// One wrong answer.
    struct Row: Sendable, CustomStringConvertible {
        let description: String
        /// Which requests it answers: those whose target holds this.
        let target: String
        let code: Failure.Code?
        /// A word of the reason.
        let says: String
        let reply: RegistryBench.Change

        init(
            _ description: String,
            _ target: String,
            _ code: Failure.Code?,
            _ says: String = "",
            _ reply: @escaping RegistryBench.Change
        ) {
            self.description = description
            self.target = target
            self.code = code
            self.says = says
            self.reply = reply
        }
    }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// An answer with another body; a manifest's digest in the head fits it.
    private static func body(_ text: String, type: String = MediaType.manifest) -> RegistryBench.Change {
        { _, _ in .answer(200, [("Content-Type", type)], Array(text.utf8)) }
    }

    /// The right answer with one field more, or another one.
    private static func field(_ name: String, _ value: String?) -> RegistryBench.Change {
        { _, reply in
            guard case .answer(let status, let fields, let body) = reply else { return reply }
            return .answer(status, fields.filter { $0.0 != name } + (value.map { [(name, $0)] } ?? []), body)
        }
    }

    private static let digest = "sha256:" + String(repeating: "a", count: 64)
    private static let head = #""schemaVersion":2,"mediaType":"\#(MediaType.manifest)""#

    private static func manifest(_ rest: String) -> RegistryBench.Change { body("{\(head),\(rest)}") }

    private static func config(_ size: String, type: String = MediaType.configuration) -> String {
        #""config":{"mediaType":"\#(type)","digest":"\#(digest)","size":\#(size)}"#
    }

    static let manifests: [Row] = [
        Row(
            "HTML",
            "/manifests/",
            .malformedInput,
            "web page",
            body("<html>log in</html>", type: "text/html; charset=utf-8")
        ),
        Row("HTML under a manifest's type", "/manifests/", .malformedInput, "JSON", body("<html>")),
        Row("nothing", "/manifests/", .malformedInput, "JSON", body("")),
        Row("a list", "/manifests/", .malformedInput, "JSON", body("[]")),
        Row("null", "/manifests/", .malformedInput, "JSON", body("null")),
        Row(
            "an error with status 200",
            "/manifests/",
            .malformedInput,
            "schemaVersion",
            body(#"{"errors":[{"code":"DENIED"}]}"#, type: "application/json")
        ),
        Row("bytes that are no UTF-8", "/manifests/", .malformedInput) { _, _ in .answer(200, [], [0xFF, 0xFE, 0x00]) },
        Row(
            "nesting without an end",
            "/manifests/",
            .malformedInput,
            "JSON",
            body(#"{"a":"# + String(repeating: "[", count: 200_000))
        ),
        Row("a manifest without an end", "/manifests/", .overLimit, "manifest") { _, _ in
            .endless(head: "HTTP/1.1 200 OK\r\n\r\n", piece: [UInt8](repeating: 0x20, count: 1 << 16))
        },
        Row(
            "schema 1",
            "/manifests/",
            .malformedInput,
            "schema version 1",
            body(
                #"{"schemaVersion":1,"fsLayers":[]}"#,
                type: "application/vnd.docker.distribution.manifest.v1+prettyjws"
            )
        ),
        Row(
            "schema 1 under another type",
            "/manifests/",
            .malformedInput,
            "schema version 1",
            body(#"{"schemaVersion":2,"fsLayers":[]}"#)
        ),
        Row("schema 3", "/manifests/", .malformedInput, "schemaVersion", body(#"{"schemaVersion":3}"#)),
        Row(
            "two media types",
            "/manifests/",
            .malformedInput,
            "the registry does not",
            body("{\(head),\"layers\":[],\(config("2"))}", type: MediaType.index)
        ),
        Row(
            "an unknown media type",
            "/manifests/",
            .malformedInput,
            "x-tar",
            field("Content-Type", "application/x-tar")
        ),
        Row(
            "index and manifest at once",
            "/manifests/",
            .malformedInput,
            "at once",
            manifest(#""manifests":[],"layers":[],\#(config("2"))"#)
        ),
        Row(
            "an index without images",
            "/manifests/",
            .noInput,
            "names none",
            body(#"{"schemaVersion":2,"mediaType":"\#(MediaType.index)","manifests":[]}"#, type: MediaType.index)
        ),
        Row("a negative size", "/manifests/", .malformedInput, "negative", manifest(#""layers":[],\#(config("-1"))"#)),
        Row(
            "a size that is a fraction",
            "/manifests/",
            .malformedInput,
            "",
            manifest(#""layers":[],\#(config("1.5"))"#)
        ),
        Row(
            "a size beyond all numbers",
            "/manifests/",
            .malformedInput,
            "",
            manifest(#""layers":[],\#(config("99999999999999999999"))"#)
        ),
        Row(
            "a size beyond the limits",
            "/manifests/",
            .overLimit,
            "promises",
            manifest(#""layers":[],\#(config("9223372036854775807"))"#)
        ),
        Row(
            "a digest that climbs",
            "/manifests/",
            .malformedInput,
            "digest",
            manifest(#""layers":[],"config":{"digest":"sha256:../../../etc/passwd","size":1}"#)
        ),
        Row("layers beyond number", "/manifests/", .overLimit, "layers") { _, _ in
            let layer = #"{"mediaType":"\#(MediaType.layer)","digest":"\#(digest)","size":1}"#
            let list = [String](repeating: layer, count: 257).joined(separator: ",")
            return .answer(200, [], text("{\(head),\(config("1")),\"layers\":[\(list)]}"))
        },
        Row("manifests beyond number", "/manifests/", .overLimit, "manifests") { _, _ in
            let one = #"{"mediaType":"\#(MediaType.manifest)","digest":"\#(digest)","size":1}"#
            let list = [String](repeating: one, count: 2_001).joined(separator: ",")
            return .answer(
                200,
                [],
                text(#"{"schemaVersion":2,"mediaType":"\#(MediaType.index)","manifests":[\#(list)]}"#)
            )
        },
        Row(
            "a chart",
            "/manifests/",
            .malformedInput,
            "artifact",
            manifest(#""layers":[],\#(config("2", type: "application/vnd.cncf.helm.config.v1+json"))"#)
        ),
        Row(
            "a wrong digest in the head",
            "/manifests/",
            .malformedInput,
            "Docker-Content-Digest",
            field("Docker-Content-Digest", digest)
        ),
        Row(
            "a digest in the head that is none",
            "/manifests/",
            .malformedInput,
            "Docker-Content-Digest",
            field("Docker-Content-Digest", "md5:1")
        ),
        // The specification lets it away, and the bytes are hashed all the same.
        Row("no digest in the head", "/manifests/", nil, "", field("Docker-Content-Digest", nil)),
        Row("no type in the head", "/manifests/", nil, "", field("Content-Type", nil)),
        Row(
            "a vague type in the head",
            "/manifests/",
            nil,
            "",
            field("Content-Type", "application/json; charset=utf-8")
        ),
    ]

    static let blobs: [Row] = [
        Row("another blob", "/blobs/", .malformedInput, "digest says") { _, reply in
            guard case .answer(let status, let fields, let body) = reply else { return reply }
            return .answer(status, fields, body.dropLast() + [0x2A])
        },
        Row("a blob with a byte more", "/blobs/", .malformedInput, "announces") { _, reply in
            guard case .answer(let status, let fields, let body) = reply else { return reply }
            return .answer(status, fields, body + [0])
        },
        Row("a blob with a byte less", "/blobs/", .malformedInput, "announces") { _, reply in
            guard case .answer(let status, let fields, let body) = reply else { return reply }
            return .answer(status, fields, Array(body.dropLast()))
        },
        Row("a blob without an end", "/blobs/", .malformedInput, "more came") { _, _ in
            .endless(head: "HTTP/1.1 200 OK\r\n\r\n", piece: [UInt8](repeating: 7, count: 1 << 16))
        },
        Row("a short blob without a length", "/blobs/", .malformedInput, "3 came") { _, _ in
            .raw(text("HTTP/1.1 200 OK\r\n\r\nabc"))
        },
        Row("a blob that breaks off", "/blobs/", .unavailable, "") { _, reply in
            guard case .answer(_, _, let body) = reply else { return reply }
            return .raw(text("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n") + body.dropLast(10))
        },
        Row("a blob that the registry lacks", "/blobs/", .malformedInput, "sha256:") { _, _ in
            .answer(404, [], TestRegistry.error("BLOB_UNKNOWN"))
        },
        Row("HTML for a blob", "/blobs/", .malformedInput, "announces", body("<html>", type: "text/html")),
        Row("redirects in a circle", "/blobs/", .malformedInput, "redirects") { request, _ in
            .answer(307, [("Location", request.target)])
        },
        Row("a redirect to nowhere", "/blobs/", .malformedInput, "Location") { _, _ in .answer(307) },
        Row("a redirect to a file", "/blobs/", .malformedInput, "Location") { _, _ in
            .answer(307, [("Location", "file:///etc/passwd")])
        },
        Row("a redirect with a login", "/blobs/", .malformedInput, "Location") { _, _ in
            .answer(307, [("Location", "http://user:password@127.0.0.1/")])
        },
        Row("a head without an end", "/blobs/", .overLimit, "head") { _, _ in
            .endless(head: "HTTP/1.1 200 OK\r\n", piece: text("X-Fill: \(String(repeating: "x", count: 1_000))\r\n"))
        },
        Row("a blob that stands still", "/blobs/", .unavailable, "in time") { _, reply in
            guard case .answer(_, _, let body) = reply else { return reply }
            return .endless(head: "HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n", piece: [])
        },
        Row("a part of a blob", "/blobs/", .unavailable, "206") { _, reply in
            guard case .answer(_, let fields, let body) = reply else { return reply }
            return .answer(206, fields, body)
        },
        Row("no content", "/blobs/", .unavailable, "204") { _, _ in .raw(text("HTTP/1.1 204 No\r\n\r\n")) },
        Row("an error without an end", "/blobs/", .overLimit, "too large") { _, _ in
            .endless(head: "HTTP/1.1 404 No\r\n\r\n", piece: [UInt8](repeating: 0x20, count: 1 << 14))
        },
    ]

    static let others: [Row] = [
        Row("no registry", "/v2/", .unavailable, "answered 404") { _, _ in .answer(404, [], text("not here")) },
        Row("no HTTP", "/v2/", .malformedInput, "") { _, _ in .raw(text("220 mail.example ESMTP\r\n")) },
        Row("a refusal", "/manifests/", .unavailable, "DENIED") { _, _ in .answer(403, [], TestRegistry.error("DENIED"))
        },
        Row("a refusal with control characters", "/manifests/", .unavailable, "") { _, _ in
            .answer(403, [], text(#"{"errors":[{"code":"\u001b[31m","message":7}]}"#))
        },
        Row("no such image", "/manifests/", .noInput, "MANIFEST_UNKNOWN") { _, _ in
            .answer(404, [], TestRegistry.error("MANIFEST_UNKNOWN"))
        },
        Row("a teapot", "/manifests/", .unavailable, "418") { _, _ in .answer(418) },
        Row("a status that is none", "/manifests/", .unavailable, "999") { _, _ in .answer(999) },
        Row("no challenge", "/manifests/", .unavailable, "no challenge") { _, _ in .answer(401) },
        Row("an unknown challenge", "/manifests/", .unavailable, "negotiate") { _, _ in
            .answer(401, [("WWW-Authenticate", "Negotiate")])
        },
        Row("a challenge without a realm", "/manifests/", .malformedInput, "realm") { _, _ in
            .answer(401, [("WWW-Authenticate", "Bearer service=x")])
        },
        Row("a realm that is a file", "/manifests/", .malformedInput, "realm") { _, _ in
            .answer(401, [("WWW-Authenticate", #"Bearer realm="file:///etc/passwd""#)])
        },
        Row("a challenge for ever", "/manifests/", .unavailable, "login") { request, _ in
            let host = request.fields["host"] ?? ""
            return .answer(401, [("WWW-Authenticate", #"Bearer realm="http://\#(host)/token""#)])
        },
    ]

    static let tokens: [Row] = [
        Row("a token of 10 MB", "/token", .overLimit, "too large") { _, _ in
            .answer(200, [], text(#"{"token":""#) + [UInt8](repeating: 0x78, count: 10 << 20) + text(#""}"#))
        },
        Row("a token of 100 KB", "/token", .malformedInput, "102400 bytes") { _, _ in
            .answer(200, [], text(#"{"token":"\#(String(repeating: "x", count: 100 << 10))"}"#))
        },
        Row("a token of two lines", "/token", .malformedInput, "characters", body(#"{"token":"a\r\nX-Evil: yes"}"#)),
        Row("an empty token", "/token", .malformedInput, "neither", body(#"{"token":""}"#)),
        Row("no token", "/token", .malformedInput, "neither", body("{}")),
        Row("a number", "/token", .malformedInput, "JSON", body(#"{"token":12}"#)),
        Row("HTML for a token", "/token", .malformedInput, "JSON", body("<html>", type: "text/html")),
        Row("a token elsewhere", "/token", .unavailable, "302") { _, _ in .answer(302, [("Location", "/v2/")]) },
        Row("no tokens any more", "/token", .unavailable, "503") { _, _ in .answer(503) },
        Row("the other name", "/token", nil, "", body(#"{"access_token":"\#(TestRegistry.token)"}"#)),
    ]

    @Test("are refused, with what and where, and leave nothing", arguments: manifests + blobs + others + tokens)
    func refuses(row: Row) throws {
        let image = try RegistryBench.image()
        var registry = TestRegistry(login: row.target == "/token" ? .anonymousToken : .open)
        try registry.push(try image.ociLayout(), as: "acme/app:1")
        let bench = try RegistryBench(registry) { request, reply in
            request.target.contains(row.target) ? row.reply(request, reply) : reply
        }
        var failure: Failure?
        do {
            let fetched = try bench.fetch("acme/app:1") {
                $0.stallSeconds = 1
                $0.attempts = 2
            }
            #expect(fetched.image.manifestDigest == image.manifestDigest)
        } catch { failure = try #require(error as? Failure, "\(error)") }
        #expect(failure?.code == row.code, "\(failure?.description ?? "fetched")")
        if let failure {
            #expect(failure.place == .reference("\(bench.server.authority)/acme/app:1"))
            let words = [failure.what, failure.why ?? "", failure.fix ?? ""].joined(separator: "; ")
            #expect(row.says.isEmpty || words.contains(row.says), "\(words)")
        }
        #expect(try bench.isClean())
    }

    @Test("are refused when a digest was asked for and something else came")
    func otherImage() throws {
        let image = try RegistryBench.image()
        let other = try RegistryBench.image("other")
        var registry = TestRegistry()
        try registry.push(try image.ociLayout(), as: "acme/app:1")
        registry.manifests["acme/app@\(image.manifestDigest)"] = other.manifestBytes
        let bench = try RegistryBench(registry)
        let failure = RegistryClientTests.failure { try bench.fetch("acme/app@\(image.manifestDigest)") }
        #expect(failure?.code == .malformedInput)
        #expect(failure?.why?.contains(other.manifestDigest.description) == true)
    }

    @Test("are refused where indexes never end in an image")
    func nested() throws {
        let image = try RegistryBench.image()
        var registry = TestRegistry()
        var document = image.manifestBytes
        var type = MediaType.manifest
        for _ in 0..<5 {
            registry.manifests["acme/app@\(Digest.sha256(of: document))"] = document
            let entry = Descriptor(mediaType: type, digest: .sha256(of: document), size: document.count)
            document = try JSONWriter.bytes(of: ImageIndex(manifests: [entry]))
            type = MediaType.index
        }
        registry.manifests["acme/app:1"] = document
        let bench = try RegistryBench(registry)
        #expect(RegistryClientTests.failure { try bench.fetch("acme/app:1") }?.code == .overLimit)
    }

    /// Image, index and layers fit their digests, and the image is wrong all the same.
    @Test("are refused for layers that are not those of the configuration")
    func wrongLayer() throws {
        let image = try RegistryBench.image()
        let other = try RegistryBench.image("other")
        var manifest = image.manifest
        manifest.layers = other.manifest.layers
        var registry = TestRegistry()
        try registry.push(try image.ociLayout(), as: "acme/app:1")
        try registry.push(try other.ociLayout(), as: "acme/other:1")
        registry.manifests["acme/app:1"] = try JSONWriter.bytes(of: manifest)
        let bench = try RegistryBench(registry)
        let failure = RegistryClientTests.failure { try bench.fetch("acme/app:1").image.verifyLayers() }
        #expect(failure?.code == .malformedInput)
    }
}
