// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/parser/line_parsers.go and split_command.go.

/// Cuts the joined text of an instruction into words, in the three ways that the parser has.
enum WordScanner {
    /// Words between blanks, whatever quotes say.
    static func separated(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        words.reserveCapacity(4)
        var offset = range.lowerBound
        while offset < range.upperBound {
            while offset < range.upperBound, Bytes.isSeparator(bytes[offset]) { offset += 1 }
            let start = offset
            while offset < range.upperBound, !Bytes.isSeparator(bytes[offset]) { offset += 1 }
            if offset > start { words.append(start..<offset) }
        }
        return words
    }

    /// Words between white space, where quotes and escapes hold a word together; both stay in the word.
    static func quoted(_ bytes: [UInt8], _ range: Range<Int>, escape: UInt8) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var offset = range.lowerBound
        let end = range.upperBound
        while true {
            offset = Bytes.skipSpace(bytes, offset..<end)
            guard offset < end else { return words }
            let start = offset
            var wordEnd = start
            var quote: UInt8 = 0
            while offset < end {
                let byte = bytes[offset]
                if quote == 0, Bytes.spaceWidth(bytes, at: offset, end: end) > 0 { break }
                if byte == escape, quote != Bytes.singleQuote {
                    // An escape at the very end is dropped.
                    if offset + 1 == end {
                        offset = end
                        break
                    }
                    offset += 1 + Bytes.width(bytes[offset + 1])
                    wordEnd = min(offset, end)
                    offset = wordEnd
                    continue
                }
                if quote == 0 {
                    if byte == Bytes.singleQuote || byte == Bytes.doubleQuote { quote = byte }
                } else if byte == quote {
                    quote = 0
                }
                offset += 1
                wordEnd = offset
            }
            if wordEnd > start { words.append(start..<wordEnd) }
        }
    }

    /// The leading words that start with `--`, quotes and escapes taken out, and where the rest begins.
    static func flags(
        _ bytes: [UInt8],
        _ range: Range<Int>
    ) -> (flags: [(text: [UInt8], range: Range<Int>)], rest: Int) {
        var flags: [(text: [UInt8], range: Range<Int>)] = []
        var offset = range.lowerBound
        let end = range.upperBound
        let dash = UInt8(ascii: "-")
        while true {
            offset = Bytes.skipSpace(bytes, offset..<end)
            guard offset + 1 < end, bytes[offset] == dash, bytes[offset + 1] == dash else { return (flags, offset) }
            let start = offset
            var word: [UInt8] = []
            var quote: UInt8 = 0
            while offset < end {
                let byte = bytes[offset]
                if quote == 0, Bytes.spaceWidth(bytes, at: offset, end: end) > 0 { break }
                offset += 1
                if byte == Bytes.backslash {
                    if offset < end {
                        word.append(bytes[offset])
                        offset += 1
                    }
                } else if quote == 0, byte == Bytes.singleQuote || byte == Bytes.doubleQuote {
                    quote = byte
                } else if quote != 0, byte == quote {
                    quote = 0
                } else {
                    word.append(byte)
                }
            }
            if word == [dash, dash] { return (flags, offset) }
            flags.append((word, start..<offset))
        }
    }
}
