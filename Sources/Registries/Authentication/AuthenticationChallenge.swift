// SPDX-License-Identifier: Apache-2.0

// Source: RFC 9110 §11.6.1; distribution's token authentication.

/// What a server wants to see before it answers: one challenge of a `WWW-Authenticate` field.
public struct AuthenticationChallenge: Sendable, Hashable {
    /// The scheme in small letters, such as `bearer`.
    public let scheme: String
    /// The parameters by their names in small letters.
    public let parameters: [String: String]

    /// Reads the challenges of a field, in order. What cannot be read ends the list.
    public static func parse(_ value: String) -> [AuthenticationChallenge] {
        var reader = Reader(text: Array(value.utf8))
        var result: [AuthenticationChallenge] = []
        while let challenge = reader.challenge(), result.count < 16 { result.append(challenge) }
        return result
    }

    /// Goes over a field's bytes.
    private struct Reader {
        let text: [UInt8]
        var offset = 0

        mutating func challenge() -> AuthenticationChallenge? {
            skip { $0 == UInt8(ascii: ",") || Self.isBlank($0) }
            guard let scheme = token() else { return nil }
            var parameters: [String: String] = [:]
            while true {
                let start = offset
                skip { $0 == UInt8(ascii: ",") || Self.isBlank($0) }
                guard let name = token(), take(UInt8(ascii: "=")), let value = quoted() ?? token() else {
                    // The name was the scheme of the next challenge.
                    offset = start
                    break
                }
                parameters[name.lowercased()] = value
            }
            return AuthenticationChallenge(scheme: scheme.lowercased(), parameters: parameters)
        }

        private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
            while offset < text.count, isSkipped(text[offset]) { offset += 1 }
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            skip(Self.isBlank)
            guard offset < text.count, text[offset] == byte else { return false }
            offset += 1
            skip(Self.isBlank)
            return true
        }

        private mutating func token() -> String? {
            let start = offset
            skip { $0 > 0x20 && $0 < 0x7F && !Array(#"",=;()<>@\"#.utf8).contains($0) }
            return offset > start ? String(decoding: text[start..<offset], as: UTF8.self) : nil
        }

        private mutating func quoted() -> String? {
            guard offset < text.count, text[offset] == UInt8(ascii: "\"") else { return nil }
            offset += 1
            var bytes: [UInt8] = []
            while offset < text.count {
                let byte = text[offset]
                offset += 1
                if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
                if byte == UInt8(ascii: "\\"), offset < text.count {
                    bytes.append(text[offset])
                    offset += 1
                } else {
                    bytes.append(byte)
                }
            }
            return nil
        }

        private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    }
}
