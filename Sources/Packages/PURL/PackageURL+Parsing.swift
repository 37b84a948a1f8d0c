// SPDX-License-Identifier: Apache-2.0

// Source: package-url specification, "How to parse a purl string in its components".

extension PackageURL {
    /// A purl taken apart and decoded, not yet normalised.
    struct Parts: Sendable {
        var type: String
        var namespace: [String] = []
        var name: String
        var version: String?
        var qualifiers: [String: String] = [:]
        var subpath: [String] = []

        init(type: String, name: String) {
            self.type = type
            self.name = name
        }

        init(parsing text: String) throws(ValidationError) {
            let trimmed = Array(text.utf8)
            var rest = trimmed.trimmed
            var subpath: [String] = []
            if let hash = rest.lastIndex(of: UInt8(ascii: "#")) {
                for segment in rest[(hash + 1)...].split(separator: UInt8(ascii: "/")) {
                    let decoded = try PercentEncoding.decode(segment)
                    if decoded != ".", decoded != "..", !decoded.isEmpty { subpath.append(decoded) }
                }
                rest = rest[..<hash]
            }
            var qualifiers: [String: String] = [:]
            if let mark = rest.lastIndex(of: UInt8(ascii: "?")) {
                for pair in rest[(mark + 1)...].split(separator: UInt8(ascii: "&")) {
                    let sign = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
                    let key = String(ascii: pair[..<sign])
                    guard PackageURL.isQualifierKey(key) else { throw .qualifierWrong(key) }
                    guard sign < pair.endIndex else { throw .qualifierWrong(key) }
                    let value = try PercentEncoding.decode(pair[(sign + 1)...])
                    guard !value.isEmpty else { continue }
                    guard qualifiers.updateValue(value, forKey: key.lowercased()) == nil else {
                        throw .qualifierTwice(key)
                    }
                }
                rest = rest[..<mark]
            }
            guard let colon = rest.firstIndex(of: UInt8(ascii: ":")),
                rest[..<colon].map(\.lowercased).elementsEqual("pkg".utf8)
            else { throw .schemeMissing }
            rest = rest[(colon + 1)...].drop { $0 == UInt8(ascii: "/") }
            while rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
            let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            let type = String(ascii: rest[..<slash])
            guard PackageURL.isType(type) else { throw .typeWrong(type) }
            guard slash < rest.endIndex else { throw .nameMissing }
            rest = rest[(slash + 1)...].drop { $0 == UInt8(ascii: "/") }
            var version: String?
            // An `@` at the beginning of a segment is an npm scope that somebody forgot to encode, not a version.
            if let at = rest.lastIndex(of: UInt8(ascii: "@")), at > rest.startIndex,
                rest[at - 1] != UInt8(ascii: "/")
            {
                let decoded = try PercentEncoding.decode(rest[(at + 1)...])
                version = decoded.isEmpty ? nil : decoded
                rest = rest[..<at]
            }
            var segments: [String] = []
            for segment in rest.split(separator: UInt8(ascii: "/")) {
                segments.append(try PercentEncoding.decode(segment))
            }
            guard let name = segments.popLast() else { throw .nameMissing }
            self.init(type: type.lowercased(), name: name)
            self.namespace = segments
            self.version = version
            self.qualifiers = qualifiers
            self.subpath = subpath
        }
    }
}

/// Percent-encoding as purls use it.
enum PercentEncoding {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in bytes {
            if byte.isAlphanumeric || ".-_~:".utf8.contains(byte) {
                result.append(byte)
            } else {
                result.append(UInt8(ascii: "%"))
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 15)])
            }
        }
        return String(ascii: result)
    }

    static func decode(_ bytes: ArraySlice<UInt8>) throws(PackageURL.ValidationError) -> String {
        func wrong() -> PackageURL.ValidationError { .encodingWrong(String(ascii: bytes)) }
        guard bytes.contains(UInt8(ascii: "%")) else { return String(ascii: bytes) }
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.first {
            rest = rest.dropFirst()
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(ascii: rest.prefix(2)), radix: 16),
                rest.prefix(2).allSatisfy(\.isAlphanumeric)
            else { throw wrong() }
            result.append(value)
            rest = rest.dropFirst(2)
        }
        guard let text = String(validating: result, as: UTF8.self) else { throw wrong() }
        return text
    }
}
