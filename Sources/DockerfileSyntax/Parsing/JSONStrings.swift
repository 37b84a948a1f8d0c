// SPDX-License-Identifier: Apache-2.0
//
// Source: RFC 8259, as Go's encoding/json reads it (a lone surrogate becomes U+FFFD, nesting ends at 10000).

import JSONValues

/// Reads the one piece of JSON that Dockerfiles have: an array of strings.
enum JSONStrings {
    /// What a text turned out to be.
    enum Outcome {
        /// An array of strings, each with the place that it has in the text, quotes included.
        case strings([(text: String, range: Range<Int>)])
        /// An array with something else in it.
        case otherElements
        /// No JSON array, or something behind it.
        case notJSON
    }

    /// Reads a stretch as an array of strings.
    static func array(_ bytes: [UInt8], _ range: Range<Int>) -> Outcome {
        (try? readArray(bytes, range)) ?? .notJSON
    }

    private static func readArray(_ bytes: [UInt8], _ range: Range<Int>) throws(JSONError) -> Outcome {
        var scanner = JSONScanner(bytes, in: range)
        guard scanner.take("[") else { return .notJSON }
        var strings: [(text: String, range: Range<Int>)] = []
        var hasOthers = false
        scanner.skipBlanks()
        if !scanner.take("]") {
            while true {
                scanner.skipBlanks()
                let start = scanner.offset
                if scanner.peek == Bytes.doubleQuote {
                    strings.append((try scanner.string(), start..<scanner.offset))
                } else {
                    // A number that no double can hold is refused, as in Go.
                    try scanner.skipValue(depth: 9_999) { number in
                        Double(String(decoding: number, as: UTF8.self))?.isFinite == true
                    }
                    hasOthers = true
                }
                scanner.skipBlanks()
                if scanner.take(",") { continue }
                guard scanner.take("]") else { return .notJSON }
                break
            }
        }
        try scanner.end()
        return hasOthers ? .otherElements : .strings(strings)
    }

    /// The string that a JSON object of strings has under a key; nil when the stretch is no such object.
    static func member(_ key: String, of bytes: [UInt8], in range: Range<Int>) -> String? {
        try? readMember(key, bytes, range)
    }

    private static func readMember(_ key: String, _ bytes: [UInt8], _ range: Range<Int>) throws(JSONError) -> String? {
        var scanner = JSONScanner(bytes, in: range)
        guard scanner.take("{") else { return nil }
        var found: String?
        scanner.skipBlanks()
        if !scanner.take("}") {
            while true {
                scanner.skipBlanks()
                let name = try scanner.string()
                scanner.skipBlanks()
                guard scanner.take(":") else { return nil }
                scanner.skipBlanks()
                let value = try scanner.string()
                if name == key { found = value }
                scanner.skipBlanks()
                if scanner.take(",") { continue }
                guard scanner.take("}") else { return nil }
                break
            }
        }
        try scanner.end()
        return found
    }
}
