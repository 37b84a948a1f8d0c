// SPDX-License-Identifier: Apache-2.0

import Archives
import CCurl
import Diagnostics
import SeaworthyTestSupport
import Testing

@testable import Registries

@Suite("The system's libcurl")
struct CurlTransportTests {
    @Test("has the options under the numbers that are used", arguments: CurlOption.allCases)
    func options(option: CurlOption) throws {
        let library = try CurlLibrary.get()
        guard let byName = library.optionByName else { return }
        let entry = try #require(byName(option.name))
        #expect(entry.pointee.number == option.rawValue, "\(option.name)")
    }

    private func limits(_ change: (inout TransferLimits) -> Void = { _ in }) -> TransferLimits {
        var limits = TransferLimits(.standard)
        limits.stallSeconds = 1
        limits.connectSeconds = 2
        change(&limits)
        return limits
    }

    private func send(
        _ url: String,
        _ limits: TransferLimits,
        fields: [HTTPField] = [],
        form: String? = nil,
        socketPath: String? = nil,
        seconds: Int? = nil
    ) throws -> (HTTPResponse, [UInt8]) {
        let transport = try CurlTransport(environment: [:], userAgent: "test", limits: limits)
        var request = HTTPRequest(try #require(HTTPURL(parsing: url)), fields: fields, seconds: seconds)
        request.form = form
        request.socketPath = socketPath
        let sink = MemorySink()
        return (try transport.send(request) { _ in sink }, sink.bytes)
    }

    @Test("sends what it is given, and hands on what comes")
    func roundTrip() throws {
        let server = try LoopbackServer { request in
            .answer(
                200,
                [("X-Twice", "one"), ("x-twice", "two "), ("Content-Type", "Text/Plain; charset=x")],
                Array(request.body.utf8)
            )
        }
        let (head, bytes) = try send(
            "http://\(server.authority)/a?b=c",
            limits(),
            fields: [HTTPField("X-Test", "yes")],
            form: "a=b&c=%20"
        )
        #expect(head.status == 200)
        #expect(head.values("X-TWICE") == ["one", "two"])
        #expect(head.mediaType == "text/plain")
        #expect(bytes == Array("a=b&c=%20".utf8))
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.target == "/a?b=c")
        #expect(request.fields["x-test"] == "yes" && request.fields["user-agent"] == "test")
    }

    @Test("asks a socket with a path")
    func socket() throws {
        let scratch = try ScratchFolder()
        let server = try LoopbackServer(socketPath: scratch.path("s")) { _ in .answer(200, [], Array("here".utf8)) }
        let (_, bytes) = try send("http://localhost/x", limits(), socketPath: scratch.path("s"))
        #expect(bytes == Array("here".utf8))
        #expect(server.requests.map(\.target) == ["/x"])
    }

    @Test("follows no redirect, and sends one field for one")
    func redirect() throws {
        let server = try LoopbackServer { _ in .answer(302, [("Location", "/elsewhere")]) }
        let (head, _) = try send("http://\(server.authority)/", limits())
        #expect(head.status == 302 && server.requests.count == 1)
        #expect(throws: Failure.self) {
            try send("http://\(server.authority)/", limits(), fields: [HTTPField("X", "a\r\nEvil: yes")])
        }
        #expect(server.requests.count == 1)
    }

    /// What a server does, and what is said of it.
    static let broken: [(reply: LoopbackServer.Reply, kind: TransportError.Kind)] = [
        (.raw(Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".utf8)), .broken),
        (.raw([]), .broken),
        (.raw(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)), .malformed),
        (.raw(Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".utf8)), .broken),
        (.raw(Array("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx".utf8)), .malformed),
        (.silence, .timedOut),
    ]

    @Test("says what keeps an answer back", arguments: broken.indices)
    func says(index: Int) throws {
        let row = Self.broken[index]
        let server = try LoopbackServer { _ in row.reply }
        let error = #expect(throws: TransportError.self) { try send("http://\(server.authority)/", limits()) }
        #expect(error?.kind == row.kind, "\(error.map { "\($0)" } ?? "")")
    }

    @Test("says who is not there")
    func absent() throws {
        let port = try LoopbackServer.freePort()
        let refused = #expect(throws: TransportError.self) { try send("http://127.0.0.1:\(port)/", limits()) }
        #expect(refused?.kind == .refused)
        let scratch = try ScratchFolder()
        let none = #expect(throws: TransportError.self) {
            try send("http://localhost/", limits(), socketPath: scratch.path("none"))
        }
        #expect(none?.kind == .refused)
    }

    @Test("takes no head without an end")
    func endlessHead() throws {
        for piece in ["X-Fill: \(String(repeating: "x", count: 900))\r\n", "X: y\r\n"] {
            let server = try LoopbackServer { _ in .endless(head: "HTTP/1.1 200 OK\r\n", piece: Array(piece.utf8)) }
            let failure = #expect(throws: Failure.self) { try send("http://\(server.authority)/", limits()) }
            #expect(failure?.code == .overLimit)
        }
    }

    @Test("ends a document that takes too long, however slow a stall may be")
    func slow() throws {
        let server = try LoopbackServer { _ in .silence }
        let error = #expect(throws: TransportError.self) {
            try send("http://\(server.authority)/", limits { $0.stallSeconds = 60 }, seconds: 1)
        }
        #expect(error?.kind == .timedOut)
    }

    @Test("hands on what a sink throws")
    func sinkThrows() throws {
        struct Full: Error {}
        final class FullSink: ByteSink {
            func write(_ bytes: UnsafeRawBufferPointer) throws { throw Full() }
        }
        let server = try LoopbackServer { _ in .endless(head: "HTTP/1.1 200 OK\r\n\r\n", piece: [1, 2, 3]) }
        let transport = try CurlTransport(environment: [:], userAgent: "test", limits: limits())
        let request = HTTPRequest(try #require(HTTPURL(parsing: "http://\(server.authority)/")))
        #expect(throws: Full.self) { try transport.send(request) { _ in FullSink() } }
        #expect(throws: Full.self) { try transport.send(request) { _ in throw Full() } }
    }
}
