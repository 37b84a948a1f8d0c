// SPDX-License-Identifier: Apache-2.0

/// Questions about bytes and characters as Go's standard library answers them.
enum Bytes {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let hash = UInt8(ascii: "#")
    static let backslash = UInt8(ascii: "\\")
    static let doubleQuote = UInt8(ascii: "\"")
    static let singleQuote = UInt8(ascii: "'")

    /// The blanks that separate an instruction's words: tab, vertical tab, form feed, carriage return, space.
    @inline(__always)
    static func isSeparator(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || (byte >= 0x0B && byte <= 0x0D)
    }

    @inline(__always)
    static func isASCIISpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    /// How many bytes the white space at an offset takes; 0 when none stands there. White space as Unicode has it.
    @inline(__always)
    static func spaceWidth(_ bytes: [UInt8], at offset: Int, end: Int) -> Int {
        let byte = bytes[offset]
        if byte < 0x80 { return isASCIISpace(byte) ? 1 : 0 }
        return wideSpaceWidth(bytes, at: offset, end: end)
    }

    private static func wideSpaceWidth(_ bytes: [UInt8], at offset: Int, end: Int) -> Int {
        let width = self.width(bytes[offset])
        guard offset + width <= end else { return 0 }
        switch (bytes[offset], width) {
        case (0xC2, 2): return bytes[offset + 1] == 0x85 || bytes[offset + 1] == 0xA0 ? 2 : 0
        case (0xE1...0xE3, 3):
            let scalar =
                UInt32(bytes[offset] & 0x0F) << 12 | UInt32(bytes[offset + 1] & 0x3F) << 6
                | UInt32(bytes[offset + 2] & 0x3F)
            switch scalar {
            case 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return 3
            default: return 0
            }
        default: return 0
        }
    }

    /// How many bytes the character takes that starts with a byte.
    @inline(__always)
    static func width(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    /// The stretch without white space at its ends.
    static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        let start = skipSpace(bytes, range)
        while end > start {
            if bytes[end - 1] < 0x80 {
                guard isASCIISpace(bytes[end - 1]) else { break }
                end -= 1
            } else {
                var lead = end - 1
                while lead > start, bytes[lead] & 0xC0 == 0x80 { lead -= 1 }
                guard spaceWidth(bytes, at: lead, end: end) == end - lead else { break }
                end = lead
            }
        }
        return start..<end
    }

    /// The offset behind the white space at the start of a stretch.
    @inline(__always)
    static func skipSpace(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let width = spaceWidth(bytes, at: offset, end: range.upperBound)
            if width == 0 { break }
            offset += width
        }
        return offset
    }
}

extension String {
    /// The text in double quotes as Go's `%q` prints it.
    package var quoted: String { GoQuote.quote(self) }

    /// The text with ASCII capitals lowered; other letters stay.
    var loweredASCII: String {
        guard utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) else { return self }
        return String(decoding: utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
