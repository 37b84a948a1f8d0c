// SPDX-License-Identifier: Apache-2.0
//
// Source: RFC 8259, as Go's encoding/json reads it (a lone surrogate becomes U+FFFD, nesting ends at 10000).

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
        var reader = Reader(bytes: bytes, offset: range.lowerBound, end: range.upperBound)
        guard reader.take("[") else { return .notJSON }
        var strings: [(text: String, range: Range<Int>)] = []
        var hasOthers = false
        reader.skipBlanks()
        if !reader.take("]") {
            while true {
                reader.skipBlanks()
                let start = reader.offset
                if reader.peek == Bytes.doubleQuote {
                    guard let text = reader.string() else { return .notJSON }
                    strings.append((text, start..<reader.offset))
                } else {
                    guard reader.skipValue() else { return .notJSON }
                    hasOthers = true
                }
                reader.skipBlanks()
                if reader.take(",") { continue }
                guard reader.take("]") else { return .notJSON }
                break
            }
        }
        reader.skipBlanks()
        guard reader.offset == range.upperBound else { return .notJSON }
        return hasOthers ? .otherElements : .strings(strings)
    }

    /// The string that a JSON object of strings has under a key; nil when the stretch is no such object.
    static func member(_ key: String, of bytes: [UInt8], in range: Range<Int>) -> String? {
        var reader = Reader(bytes: bytes, offset: range.lowerBound, end: range.upperBound)
        var found: String?
        guard reader.take("{") else { return nil }
        reader.skipBlanks()
        if !reader.take("}") {
            while true {
                reader.skipBlanks()
                guard let name = reader.string() else { return nil }
                reader.skipBlanks()
                guard reader.take(":") else { return nil }
                reader.skipBlanks()
                guard let value = reader.string() else { return nil }
                if name == key { found = value }
                reader.skipBlanks()
                if reader.take(",") { continue }
                guard reader.take("}") else { return nil }
                break
            }
        }
        reader.skipBlanks()
        return reader.offset == range.upperBound ? found : nil
    }

    private struct Reader {
        let bytes: [UInt8]
        var offset: Int
        let end: Int

        var peek: UInt8? { offset < end ? bytes[offset] : nil }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard let peek, UInt32(peek) == character.value else { return false }
            offset += 1
            return true
        }

        mutating func skipBlanks() {
            while offset < end, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
        }

        mutating func string() -> String? {
            guard take("\"") else { return nil }
            var result: [UInt8] = []
            while offset < end {
                let byte = bytes[offset]
                offset += 1
                switch byte {
                case Bytes.doubleQuote: return String(decoding: result, as: UTF8.self)
                case Bytes.backslash: guard escape(into: &result) else { return nil }
                case 0..<0x20: return nil
                default: result.append(byte)
                }
            }
            return nil
        }

        private mutating func escape(into result: inout [UInt8]) -> Bool {
            guard let byte = peek else { return false }
            offset += 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                guard var value = hexadecimal() else { return false }
                if (0xD800..<0xDC00).contains(value), offset + 1 < end, bytes[offset] == Bytes.backslash,
                    bytes[offset + 1] == UInt8(ascii: "u")
                {
                    let restart = offset
                    offset += 2
                    guard let low = hexadecimal() else { return false }
                    if (0xDC00..<0xE000).contains(low) {
                        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
                    } else {
                        offset = restart
                    }
                }
                let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
                result.append(contentsOf: String(scalar).utf8)
            default: return false
            }
            return true
        }

        private mutating func hexadecimal() -> UInt32? {
            guard end - offset >= 4 else { return nil }
            var value: UInt32 = 0
            for byte in bytes[offset..<offset + 4] {
                switch byte {
                case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
                case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
                case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
                default: return nil
                }
            }
            offset += 4
            return value
        }

        /// Steps over any value; without recursion, for the text is a stranger's.
        mutating func skipValue() -> Bool {
            var closers: [UInt8] = []
            while true {
                // Here a value must begin.
                skipBlanks()
                guard let byte = peek else { return false }
                switch byte {
                case UInt8(ascii: "["):
                    offset += 1
                    skipBlanks()
                    if take("]") { break }
                    closers.append(UInt8(ascii: "]"))
                    guard closers.count < 10_000 else { return false }
                    continue
                case UInt8(ascii: "{"):
                    offset += 1
                    skipBlanks()
                    if take("}") { break }
                    closers.append(UInt8(ascii: "}"))
                    guard closers.count < 10_000, memberName() else { return false }
                    continue
                case Bytes.doubleQuote: guard string() != nil else { return false }
                default: guard literal() else { return false }
                }
                // Here a value has ended: what is around it goes on or ends too.
                while let closer = closers.last {
                    skipBlanks()
                    if take(",") {
                        if closer == UInt8(ascii: "}") {
                            skipBlanks()
                            guard memberName() else { return false }
                        }
                        break
                    }
                    guard peek == closer else { return false }
                    offset += 1
                    closers.removeLast()
                }
                if closers.isEmpty { return true }
            }
        }

        private mutating func memberName() -> Bool {
            guard string() != nil else { return false }
            skipBlanks()
            return take(":")
        }

        private mutating func literal() -> Bool {
            let start = offset
            while offset < end, ![0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x5D, 0x7D].contains(bytes[offset]) { offset += 1 }
            let word = Array(bytes[start..<offset])
            return ["true", "false", "null"].contains(String(decoding: word, as: UTF8.self)) || isNumber(word)
        }

        private func isNumber(_ word: [UInt8]) -> Bool {
            var rest = word[...]
            func digits() -> Int {
                let count = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
                rest = rest.dropFirst(count)
                return count
            }
            if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            let isZero = rest.first == 0x30
            let whole = digits()
            guard whole > 0, !isZero || whole == 1 else { return false }
            if rest.first == UInt8(ascii: ".") {
                rest = rest.dropFirst()
                guard digits() > 0 else { return false }
            }
            if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
                rest = rest.dropFirst()
                if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                    rest = rest.dropFirst()
                }
                guard digits() > 0 else { return false }
            }
            // One that no double can hold is refused, as in Go.
            return rest.isEmpty && Double(String(decoding: word, as: UTF8.self))?.isFinite == true
        }
    }
}
