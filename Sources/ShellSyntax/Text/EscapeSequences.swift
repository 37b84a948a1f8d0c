// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, echo, printf; the bash reference manual, "ANSI-C Quoting".

/// Backslash escapes as `echo`, `printf` and `$'…'` read them.
package enum EscapeSequences {
    /// Who reads them.
    package enum Style: Sendable {
        /// bash's `echo -e`: octal needs a leading `0`.
        case echo
        /// dash's `echo`, and `%b` everywhere: octal with or without a leading `0`, and `\e`.
        case argument
        /// The format of `printf`: octal is up to three digits.
        case format
        /// `$'…'`: as the format, and quotes, `\x`, `\u`, `\c`.
        case dollarQuote
    }

    /// Replaces the escapes; `stops` tells that `\c` ended the output.
    package static func expand(_ bytes: [UInt8], style: Style, hexadecimal: Bool = false) -> (
        bytes: [UInt8], stops: Bool
    ) {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x5C, index + 1 < bytes.count else {
                result.append(byte)
                index += 1
                continue
            }
            let (next, expanded, stops) = one(bytes, index, style: style, hexadecimal: hexadecimal)
            if stops { return (result, true) }
            result.append(contentsOf: expanded)
            index = next
        }
        return (result, false)
    }

    /// Reads the escape whose backslash stands at `index`.
    package static func one(
        _ bytes: [UInt8],
        _ index: Int,
        style: Style,
        hexadecimal: Bool
    ) -> (next: Int, bytes: [UInt8], stops: Bool) {
        guard index + 1 < bytes.count else { return (index + 1, [0x5C], false) }
        let letter = bytes[index + 1]
        if let byte = single[letter] { return (index + 2, [byte], false) }
        switch letter {
        case UInt8(ascii: "c") where style == .echo || style == .argument: return (index + 2, [], true)
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "?"):
            return style == .echo || style == .argument
                ? (index + 2, [0x5C, letter], false) : (index + 2, [letter], false)
        case 0x30...0x37:
            var position = index + 1
            var digits = 3
            if style == .argument, letter == 0x30 { position += 1 }
            if style == .echo {
                guard letter == 0x30 else { return (index + 2, [0x5C, letter], false) }
                position += 1
            }
            var value = 0
            while digits > 0, position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x37 {
                value = value * 8 + Int(bytes[position] - 0x30)
                position += 1
                digits -= 1
            }
            return (position, [UInt8(truncatingIfNeeded: value)], false)
        case UInt8(ascii: "x") where hexadecimal || style == .dollarQuote:
            let (value, next) = number(bytes, index + 2, digits: 2)
            guard let value else { return (index + 2, [0x5C, letter], false) }
            return (next, [UInt8(truncatingIfNeeded: value)], false)
        case UInt8(ascii: "u") where style == .dollarQuote || hexadecimal,
            UInt8(ascii: "U") where style == .dollarQuote || hexadecimal:
            let (value, next) = number(bytes, index + 2, digits: letter == UInt8(ascii: "u") ? 4 : 8)
            guard let value, let scalar = UnicodeScalar(UInt32(truncatingIfNeeded: value)) else {
                return (index + 2, [0x5C, letter], false)
            }
            return (next, Array(String(Character(scalar)).utf8), false)
        default: return (index + 2, [0x5C, letter], false)
        }
    }

    /// The letters that stand for one byte, whoever reads them.
    private static let single: [UInt8: UInt8] = [
        0x5C: 0x5C, UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
        UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "e"): 0x1B,
    ]

    private static func number(_ bytes: [UInt8], _ start: Int, digits: Int) -> (Int?, Int) {
        var position = start
        var value = 0
        while position < bytes.count, position - start < digits, let digit = digit(bytes[position]) {
            value = value * 16 + digit
            position += 1
        }
        return (position > start ? value : nil, position)
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30
        case 0x41...0x46: Int(byte) - 0x37
        case 0x61...0x66: Int(byte) - 0x57
        default: nil
        }
    }
}
