// SPDX-License-Identifier: Apache-2.0

// Source: the behaviour of `packaging` before 22 (`LegacyVersion`), which is that of setuptools and which OSV keeps.

/// A Python version that PEP 440 does not know, such as `1.0-beta.x`: older than every version that it knows.
struct LegacyPythonVersion: Sendable {
    /// The text in lower case.
    let text: String
    /// What is compared, text by text: numbers filled up to eight digits, words behind a `*`.
    private let parts: [[UInt8]]

    private static let final = Array("*final".utf8)
    private static let hyphen = Array("*final-".utf8)
    private static let zero = Array("00000000".utf8)

    init(_ text: String) {
        let bytes = Array(text.utf8.map(\.lowercased).trimmed)
        self.text = String(ascii: bytes)
        var parts: [[UInt8]] = []
        for part in Self.written(bytes[...]) + [Self.final] {
            if part.first == UInt8(ascii: "*") {
                if part.lexicographicallyPrecedes(Self.final) {
                    while parts.last == Self.hyphen { parts.removeLast() }
                }
                while parts.last == Self.zero { parts.removeLast() }
            }
            parts.append(part)
        }
        self.parts = parts
    }

    private static func written(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
        var result: [[UInt8]] = []
        var rest = text
        while let first = rest.first {
            let run: ArraySlice<UInt8>
            if first.isDigit {
                run = rest.prefix(while: \.isDigit)
                result.append(Array(zero.dropLast(min(run.count, zero.count))) + run)
            } else if first.isLetter {
                run = rest.prefix(while: \.isLetter)
                result.append(word(run))
            } else if first == UInt8(ascii: "-") {
                run = rest.prefix(1)
                result.append(hyphen)
            } else if first == UInt8(ascii: ".") {
                run = rest.prefix(1)
            } else {
                // What is neither stands for itself, up to the next letter, digit, dot or hyphen.
                run = rest.prefix { !$0.isAlphanumeric && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") }
                result.append([UInt8(ascii: "*")] + run)
            }
            rest = rest.dropFirst(run.count)
        }
        return result
    }

    private static func word(_ run: ArraySlice<UInt8>) -> [UInt8] {
        let word = String(ascii: run)
        let known = ["pre": "c", "preview": "c", "rc": "c", "dev": "@"][word]
        return Array(("*" + (known ?? word)).utf8)
    }

    func compared(to other: LegacyPythonVersion) -> VersionScheme.Comparison {
        for (one, two) in zip(parts, other.parts) {
            let result = Digits.bytes(one, two)
            if result != .equal { return result }
        }
        if parts.count == other.parts.count { return .equal }
        return parts.count < other.parts.count ? .less : .greater
    }
}
