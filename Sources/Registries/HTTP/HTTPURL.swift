// SPDX-License-Identifier: Apache-2.0

// Source: RFC 3986, and RFC 9110 §4.2.

/// The address of a request: `http` or `https`, a host, perhaps a port, a path with its query.
///
/// Stricter than the RFC on purpose: no user information, no fragment, printable ASCII only. What a lenient reader and the HTTP
/// library could read differently would send credentials to the wrong host.
public struct HTTPURL: Sendable, Hashable {
    /// How it is asked.
    public let scheme: Scheme
    /// The host in small letters; an IPv6 address in brackets.
    public let host: String
    /// The port as written; nil for the scheme's own.
    public let port: Int?
    /// The path and the query, from the slash on.
    public let target: String

    /// The two schemes.
    public enum Scheme: String, Sendable, Hashable {
        case http, https
    }

    /// Reads an absolute URL.
    ///
    /// - Returns: nil when it is none, or one that is not taken.
    public init?(parsing text: String) {
        guard let mark = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<mark.lowerBound].lowercased())
        else { return nil }
        let rest = text[mark.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        self.init(scheme: scheme, authority: String(rest[..<end]), target: String(rest[end...]))
    }

    /// Puts a URL together.
    ///
    /// - Parameters:
    ///   - authority: host and perhaps port.
    ///   - target: path and query; an empty path is `/`, a fragment is dropped.
    public init?(scheme: Scheme, authority: String, target: String) {
        guard let (host, port) = Self.split(authority) else { return nil }
        var target = String(target.prefix { $0 != "#" })
        if !target.hasPrefix("/") { target = "/" + target }
        guard target.utf8.count <= 8_192, target.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        self.scheme = scheme
        self.host = host
        self.port = port
        self.target = target
    }

    /// Where an answer's `Location` leads from here; nil when it leads to nothing that can be asked.
    public func resolving(_ location: String) -> HTTPURL? {
        if location.hasPrefix("//") { return HTTPURL(parsing: scheme.rawValue + ":" + location) }
        if location.hasPrefix("/") { return HTTPURL(scheme: scheme, authority: authority, target: location) }
        // A colon in front of any slash ends a scheme.
        if location.prefix(while: { !"/?".contains($0) }).contains(":") { return HTTPURL(parsing: location) }
        guard !location.isEmpty, !location.hasPrefix("#") else { return nil }
        let path = target.prefix { $0 != "?" }
        if location.hasPrefix("?") { return HTTPURL(scheme: scheme, authority: authority, target: path + location) }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return HTTPURL(scheme: scheme, authority: authority, target: folder + location)
    }

    /// The same address with parameters behind its query.
    public func appending(_ parameters: [(name: String, value: String)]) -> HTTPURL? {
        let text = parameters.map { Self.escaped($0.name) + "=" + Self.escaped($0.value) }.joined(separator: "&")
        guard !text.isEmpty else { return self }
        return HTTPURL(
            scheme: scheme,
            authority: authority,
            target: target + (target.contains("?") ? "&" : "?") + text
        )
    }

    /// Host and port as written.
    public var authority: String { host + (port.map { ":\($0)" } ?? "") }

    /// Whether both are asked of the same host at the same port in the same way.
    public func hasSameOrigin(as other: HTTPURL) -> Bool {
        scheme == other.scheme && host == other.host && effectivePort == other.effectivePort
    }

    /// Whether the host is this machine itself.
    public var isLoopback: Bool { Self.isLoopback(host) }

    /// Whether a host's name or address means this machine itself.
    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private var effectivePort: Int { port ?? (scheme == .https ? 443 : 80) }

    private static func split(_ authority: String) -> (host: String, port: Int?)? {
        var host = authority.lowercased()
        var port: Int?
        let bracket = host.lastIndex(of: "]")
        if let colon = host.lastIndex(of: ":"), bracket.map({ $0 < colon }) ?? true {
            let digits = host[host.index(after: colon)...]
            guard let number = Int(digits), (1...65_535).contains(number), digits.utf8.allSatisfy(isDigit) else {
                return nil
            }
            port = number
            host = String(host[..<colon])
        }
        if host.hasPrefix("[") {
            guard host.hasSuffix("]"), host.utf8.count > 3,
                host.dropFirst().dropLast().allSatisfy({ $0.isASCII && ($0.isHexDigit || $0 == ":" || $0 == ".") })
            else { return nil }
            return (host, port)
        }
        guard !host.isEmpty, host.utf8.count <= 253, host.first != ".", host.first != "-",
            host.utf8.allSatisfy({ isDigit($0) || (0x61...0x7A).contains($0) || [0x2D, 0x2E, 0x5F].contains($0) })
        else { return nil }
        return (host, port)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// A text as a value of a query: everything but letters, digits and `-._~` by its bytes.
    static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            let isLetter = (0x61...0x7A).contains(byte | 0x20)
            if isLetter || isDigit(byte) || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte) {
                result.append(byte)
            } else {
                result += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension HTTPURL: CustomStringConvertible {
    /// The URL as it is asked.
    public var description: String { "\(scheme.rawValue)://\(authority)\(target)" }

    /// Without the query, which may hold a signature that opens what lies behind it.
    public var withoutQuery: String { "\(scheme.rawValue)://\(authority)\(target.prefix { $0 != "?" })" }
}
