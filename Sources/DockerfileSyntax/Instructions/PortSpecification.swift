// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert_expose.go.

/// What one word of an `EXPOSE` says, after expansion.
///
/// Shape: `[[address:]hostPort:]port[-port][/protocol]`; address and host port are ignored, and a check warns of them.
public struct PortSpecification: Sendable, Hashable {
    /// The ports of the container.
    public let ports: ClosedRange<Int>
    /// `tcp`, `udp` or `sctp`.
    public let transport: String
    /// Whether an address or a host's port is given, which has no meaning in an image.
    public let hasHostPart: Bool

    /// The keys of the image configuration's `ExposedPorts`, such as `3000/tcp`, in order.
    public var configurationKeys: [String] { ports.map { "\($0)/\(transport)" } }

    /// Why a word is no port.
    public struct ValidationError: Error, Sendable, Hashable, CustomStringConvertible {
        /// BuildKit's message.
        public let description: String
    }

    /// Reads a word.
    public init(parsing word: String) throws(ValidationError) {
        var rest = word[...]
        var transport = "tcp"
        if let slash = rest.lastIndex(of: "/") {
            let written = rest[rest.index(after: slash)...]
            rest = rest[..<slash]
            if !written.isEmpty { transport = written.lowercased() }
            guard ["tcp", "udp", "sctp"].contains(transport) else {
                throw ValidationError(description: "invalid proto: \(written)")
            }
        }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        let port = parts.last ?? ""
        guard !port.isEmpty else { throw ValidationError(description: "no port specified: \(word)") }
        let bounds = port.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = bounds.first.flatMap(Self.number), let last = bounds.last.flatMap(Self.number), first <= last
        else { throw ValidationError(description: "invalid containerPort: \(port)") }
        if parts.count > 1, let host = parts.dropLast().last, !host.isEmpty {
            let ends = host.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            guard let from = ends.first.flatMap(Self.number), let to = ends.last.flatMap(Self.number), from <= to else {
                throw ValidationError(description: "invalid hostPort: \(host)")
            }
        }
        ports = first...last
        self.transport = transport
        hasHostPart = parts.count > 1
    }

    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 5, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let number = Int(text), number <= 65_535
        else { return nil }
        return number
    }
}
