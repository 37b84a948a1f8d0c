// SPDX-License-Identifier: Apache-2.0

// Source: POSIX.1-2017 socket, bind, accept; RFC 9112.

import Foundation
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A small HTTP server on this machine that answers whatever a test wants, right or wrong; gone when nobody refers to it.
public final class LoopbackServer: Sendable {
    /// What was asked.
    public struct Request: Sendable, Hashable {
        /// The method, such as `GET`.
        public let method: String
        /// The path with its query.
        public let target: String
        /// The fields by their names in small letters; of a repeated one all values, with commas.
        public let fields: [String: String]
        /// The body, as text.
        public let body: String

        /// The path without its query.
        public var path: String { String(target.prefix { $0 != "?" }) }
    }

    /// What is answered.
    public enum Reply: Sendable {
        /// An answer; its length is said unless the fields say one.
        case answer(Int, [(String, String)] = [], [UInt8] = [])
        /// Bytes as they are; the connection is closed behind them.
        case raw([UInt8])
        /// A head as it is, then the same piece for ever, or until the client goes.
        case endless(head: String, piece: [UInt8])
        /// Nothing; the connection stays open until the client goes.
        case silence
    }

    /// The port; 0 for a socket with a path.
    public let port: Int
    private let state: State

    /// What the server's threads share.
    private final class State: Sendable {
        let listener: Int32
        let isOver = Atomic<Bool>(false)
        let requests = Mutex<[Request]>([])
        let answer: @Sendable (Request) -> Reply

        init(_ listener: Int32, _ answer: @escaping @Sendable (Request) -> Reply) {
            self.listener = listener
            self.answer = answer
        }
    }

    /// A server that could not be started.
    public struct NotStarted: Error {}

    /// Listens on 127.0.0.1 at a free port, or at a socket with a path.
    public init(socketPath: String? = nil, _ answer: @escaping @Sendable (Request) -> Reply) throws {
        let listener = try socketPath.map(Self.listen) ?? Self.listen()
        port = socketPath == nil ? Self.port(of: listener) : 0
        state = State(listener, answer)
        let state = state
        Thread.detachNewThread { Self.accept(state) }
    }

    deinit { state.isOver.store(true, ordering: .relaxed) }

    /// The server as a registry's name, such as `127.0.0.1:4711`.
    public var authority: String { "127.0.0.1:\(port)" }

    /// What was asked so far.
    public var requests: [Request] { state.requests.withLock { $0 } }

    /// A port at which nobody listens now, and which is not soon given out again.
    public static func freePort() throws -> Int {
        let listener = try listen()
        defer { close(listener) }
        return port(of: listener)
    }

    /// Whether somebody takes connections at a port of 127.0.0.1.
    public static func isListening(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, stream, 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
        }
    }

    // MARK: Sockets

    private static var stream: Int32 {
        #if canImport(Darwin)
            SOCK_STREAM
        #else
            Int32(SOCK_STREAM.rawValue)
        #endif
    }

    private static func listen() throws -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return try bound(AF_INET, &address)
    }

    private static func listen(at path: String) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { throw NotStarted() }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return try bound(AF_UNIX, &address)
    }

    private static func bound<Address>(_ family: Int32, _ address: inout Address) throws -> Int32 {
        let listener = socket(family, stream, 0)
        guard listener >= 0 else { throw NotStarted() }
        _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
        let size = socklen_t(MemoryLayout<Address>.size)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) }
        }
        guard code == 0, Foundation.listen(listener, 32) == 0 else {
            close(listener)
            throw NotStarted()
        }
        return listener
    }

    private static func port(of listener: Int32) -> Int {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &size) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func accept(_ state: State) {
        defer { close(state.listener) }
        while !state.isOver.load(ordering: .relaxed) {
            guard isReady(state.listener, milliseconds: 50) else { continue }
            let connection = Foundation.accept(state.listener, nil, nil)
            guard connection >= 0 else { continue }
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            Thread.detachNewThread { serve(connection, state) }
        }
    }

    private static func isReady(_ descriptor: Int32, milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) > 0
    }

    // MARK: Requests

    private static func serve(_ connection: Int32, _ state: State) {
        defer { close(connection) }
        var bytes: [UInt8] = []
        while let request = read(connection, &bytes, state) {
            state.requests.withLock { $0.append(request) }
            switch state.answer(request) {
            case .answer(let status, let fields, let body):
                var head = "HTTP/1.1 \(status) Answer\r\n"
                for (name, value) in fields { head += "\(name): \(value)\r\n" }
                if !fields.contains(where: { $0.0.lowercased() == "content-length" }) {
                    head += "Content-Length: \(body.count)\r\n"
                }
                guard write(Array((head + "\r\n").utf8) + body, to: connection) else { return }
            case .raw(let raw):
                _ = write(raw, to: connection)
                return
            case .endless(let head, let piece):
                guard write(Array(head.utf8), to: connection) else { return }
                while !state.isOver.load(ordering: .relaxed), write(piece, to: connection) {
                    if piece.isEmpty { usleep(20_000) }
                }
                return
            case .silence:
                while !state.isOver.load(ordering: .relaxed) {
                    guard isReady(connection, milliseconds: 50) else { continue }
                    var byte: UInt8 = 0
                    if recv(connection, &byte, 1, 0) <= 0 { return }
                }
                return
            }
        }
    }

    private static func read(_ connection: Int32, _ bytes: inout [UInt8], _ state: State) -> Request? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let range = bytes.firstRange(of: end) {
                let head = String(decoding: bytes[..<range.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
                var fields: [String: String] = [:]
                for line in head.dropFirst() {
                    guard let colon = line.firstIndex(of: ":") else { continue }
                    let name = line[..<colon].lowercased()
                    let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                    fields[name] = fields[name].map { $0 + ", " + value } ?? value
                }
                let length = fields["content-length"].flatMap { Int($0) } ?? 0
                if bytes.count >= range.upperBound + length {
                    let body = String(decoding: bytes[range.upperBound..<(range.upperBound + length)], as: UTF8.self)
                    bytes.removeFirst(range.upperBound + length)
                    let words = (head.first ?? "").split(separator: " ").map(String.init)
                    guard words.count == 3 else { return nil }
                    return Request(method: words[0], target: words[1], fields: fields, body: body)
                }
            }
            while !isReady(connection, milliseconds: 50) {
                if state.isOver.load(ordering: .relaxed) { return nil }
            }
            var buffer = [UInt8](repeating: 0, count: 1 << 14)
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
    }

    private static func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
        #if canImport(Darwin)
            var isSet: Int32 = 1
            setsockopt(connection, SOL_SOCKET, SO_NOSIGPIPE, &isSet, socklen_t(MemoryLayout<Int32>.size))
            let flags: Int32 = 0
        #else
            // MSG_NOSIGNAL
            let flags: Int32 = 0x4000
        #endif
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, flags) }
            guard count > 0 else { return false }
            offset += count
        }
        return true
    }
}
