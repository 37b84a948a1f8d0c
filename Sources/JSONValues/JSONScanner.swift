// SPDX-License-Identifier: Apache-2.0

// Source: RFC 8259.

/// Reads JSON byte by byte, in a stretch of a text that may have something else around it.
package struct JSONScanner {
    package let bytes: [UInt8]
    /// Where it stands, in bytes from 0.
    package internal(set) var offset: Int
    /// Where the stretch is over.
    let endOffset: Int

    /// Begins at a stretch's first byte.
    package init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
        let range = (range ?? bytes.startIndex..<bytes.endIndex).clamped(to: bytes.startIndex..<bytes.endIndex)
        self.bytes = bytes
        offset = range.lowerBound
        endOffset = range.upperBound
    }

    /// The byte here; nil at the end.
    package var peek: UInt8? { offset < endOffset ? bytes[offset] : nil }

    package mutating func skipBlanks() {
        while offset < endOffset {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    /// Goes behind a byte if it stands here.
    package mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard let peek, UInt32(peek) == scalar.value else { return false }
        offset += 1
        return true
    }

    /// Skips blanks up to the end, and nothing else.
    package mutating func end() throws(JSONError) {
        skipBlanks()
        guard offset == endOffset else { throw error(.unexpected) }
    }

    mutating func skipMark() {
        if offset == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    func error(_ reason: JSONError.Reason, at offset: Int? = nil) -> JSONError {
        JSONError(reason, at: offset ?? self.offset, in: bytes)
    }

    /// The byte behind the blanks.
    mutating func next() throws(JSONError) -> UInt8 {
        skipBlanks()
        guard let peek else { throw error(.truncated) }
        return peek
    }

    /// The name of a member, with the colon behind it.
    mutating func memberName() throws(JSONError) -> String {
        guard try next() == UInt8(ascii: "\"") else { throw error(.unexpected) }
        let name = try string()
        guard try next() == UInt8(ascii: ":") else { throw error(.unexpected) }
        offset += 1
        return name
    }

    /// Goes behind the comma or the closing bracket; says whether it was the bracket.
    mutating func isLast(closer: UInt8) throws(JSONError) -> Bool {
        let next = try next()
        guard next == UInt8(ascii: ",") || next == closer else { throw error(.unexpected) }
        offset += 1
        return next == closer
    }

    mutating func word(_ text: StaticString) throws(JSONError) {
        let wanted = text.withUTF8Buffer { Array($0) }
        guard bytes[offset..<endOffset].starts(with: wanted) else { throw error(.unexpected) }
        offset += wanted.count
    }

    /// Where the number that begins here stands.
    mutating func number() throws(JSONError) -> Range<Int> {
        let start = offset
        _ = take("-")
        try digits(mayLeadWithZero: false)
        if take(".") { try digits(mayLeadWithZero: true) }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits(mayLeadWithZero: true)
        }
        return start..<offset
    }

    /// At least one digit; a number's first zero stands alone.
    private mutating func digits(mayLeadWithZero: Bool) throws(JSONError) {
        guard let first = peek, (0x30...0x39).contains(first) else {
            throw error(peek == nil ? .truncated : .unexpected)
        }
        offset += 1
        guard mayLeadWithZero || first != 0x30 else { return }
        while let byte = peek, (0x30...0x39).contains(byte) { offset += 1 }
    }

    /// Reads the string that begins here; bytes that are not UTF-8 and halves of surrogate pairs become U+FFFD.
    package mutating func string() throws(JSONError) -> String {
        guard peek == UInt8(ascii: "\"") else { throw error(peek == nil ? .truncated : .unexpected) }
        offset += 1
        let start = offset
        while offset < endOffset, bytes[offset] != UInt8(ascii: "\""), bytes[offset] != UInt8(ascii: "\\"),
            bytes[offset] >= 0x20
        {
            offset += 1
        }
        guard offset < endOffset else { throw error(.truncated) }
        if bytes[offset] == UInt8(ascii: "\"") {
            offset += 1
            return String(decoding: bytes[start..<(offset - 1)], as: UTF8.self)
        }
        var text = Array(bytes[start..<offset])
        while offset < endOffset {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw error(.unexpected)
            default:
                text.append(byte)
                offset += 1
            }
        }
        throw error(.truncated)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard offset + 1 < endOffset else { throw error(.truncated) }
        let letter = bytes[offset + 1]
        offset += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if code >= 0xD800, code < 0xDC00, offset + 1 < endOffset, bytes[offset] == UInt8(ascii: "\\"),
                bytes[offset + 1] == UInt8(ascii: "u")
            {
                let mark = offset
                offset += 2
                let low = try hexadecimal()
                if low >= 0xDC00, low < 0xE000 {
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                } else {
                    offset = mark
                }
            }
            text.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
        default: throw error(.unexpected, at: offset - 1)
        }
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        guard offset + 4 <= endOffset else { throw error(.truncated) }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[offset]
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
            default: throw error(.unexpected)
            }
            offset += 1
        }
        return value
    }
}
