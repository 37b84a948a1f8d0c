// SPDX-License-Identifier: Apache-2.0

import Packages

/// Names inside documents that follow from content alone, so that the same input gives the same bytes.
enum Identifiers {
    /// Letters, digits, dots and hyphens only.
    static func sanitised(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."): result.append(byte)
            default: if let last = result.last, last != UInt8(ascii: "-") { result.append(UInt8(ascii: "-")) }
            }
        }
        while result.last == UInt8(ascii: "-") { result.removeLast() }
        return result.isEmpty ? "unnamed" : String(decoding: result, as: UTF8.self)
    }

    /// FNV-1a, 64 bits: tells content apart, protects nothing.
    static func hash(_ text: String, seed: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
        var value = seed
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return value
    }

    static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// A UUID (version 8, made from content) of a text.
    static func uuid(of text: String) -> String {
        let digits = Array(hexadecimal(hash(text)) + hexadecimal(hash(text, seed: 0x6C62_272E_07BB_0142)))
        let groups = [digits[0..<8], digits[8..<12], ["8"] + digits[13..<16], ["a"] + digits[17..<20], digits[20..<32]]
        return groups.map { String($0) }.joined(separator: "-")
    }

    /// An RFC 3339 time without the fraction of a second, as SPDX wants it; UTC is taken as given.
    static func wholeSeconds(_ time: String) -> String {
        guard let dot = time.firstIndex(of: ".") else { return time.isEmpty ? "1970-01-01T00:00:00Z" : time }
        return time[..<dot] + String(time[dot...].drop { $0 == "." || $0.isNumber })
    }
}

/// Hands out an id for each package of a document, none twice.
struct IdentifierSource {
    private var taken: Set<String> = []

    mutating func next(for package: Package) -> String {
        let identity = "\(package.type.rawValue)\n\(package.name)\n\(package.version)\n\(package.architecture ?? "")"
        let stem =
            "SPDXRef-Package-\(package.type.rawValue)-\(Identifiers.sanitised(package.name))-"
            + Identifiers.hexadecimal(Identifiers.hash(identity))
        var id = stem
        var number = 1
        while !taken.insert(id).inserted {
            number += 1
            id = "\(stem)-\(number)"
        }
        return id
    }
}
