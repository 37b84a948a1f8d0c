// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, sort; GNU coreutils 9.1. Bytes, as in the POSIX locale.

import ShellSyntax

/// What `-k` names: fields and characters from 1; an end of 0 is the end of the line, a character of 0 that of the field.
struct SortKey {
    private let start: (field: Int, character: Int)
    private let end: (field: Int, character: Int)
    /// How it is compared.
    let order: SortOrder

    init?(_ text: String, _ general: SortOrder) {
        let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        var own = SortOrder()
        var hasOwn = false
        func place(_ part: Substring) -> (Int, Int?)? {
            var digits: [Int?] = []
            var rest = part.utf8[...]
            while true {
                let number = rest.prefix { ShellParser.isDigit($0) }
                digits.append(Int(String(number) ?? "").map { min($0, 1 << 40) })
                rest = rest.dropFirst(number.count)
                guard rest.first == UInt8(ascii: "."), digits.count == 1 else { break }
                rest = rest.dropFirst()
            }
            for letter in rest {
                guard own.add(letter) else { return nil }
                hasOwn = true
            }
            guard let field = digits[0] else { return nil }
            return (field, digits.count > 1 ? digits[1] : nil)
        }
        guard let first = parts.first, let (field, character) = place(first), field > 0, character != 0 else {
            return nil
        }
        start = (field, character ?? 1)
        if parts.count > 1 {
            guard let (field, character) = place(parts[1]), field > 0 else { return nil }
            end = (field, character ?? 0)
        } else {
            end = (0, 0)
        }
        order = hasOwn ? own : general
    }

    /// The part of a line that it names.
    func bytes(_ line: [UInt8], _ separator: UInt8?) -> ArraySlice<UInt8> {
        let fields = Self.fields(line, separator)
        func begin(_ number: Int, _ character: Int) -> Int {
            guard number <= fields.count else { return line.count }
            var place = fields[number - 1].lowerBound
            if order.ignoresBlanks {
                while place < fields[number - 1].upperBound, line[place] == 0x20 || line[place] == 0x09 {
                    place += 1
                }
            }
            return min(place + character - 1, number == fields.count ? line.count : fields[number - 1].upperBound)
        }
        let low = begin(start.field, start.character)
        var high = line.count
        if end.field > 0, end.field <= fields.count {
            high = end.character == 0 ? fields[end.field - 1].upperBound : begin(end.field, end.character + 1)
        }
        return line[low..<max(low, min(high, line.count))]
    }

    private static func fields(_ line: [UInt8], _ separator: UInt8?) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = 0
        if let separator {
            for (index, byte) in line.enumerated() where byte == separator {
                result.append(start..<index)
                start = index + 1
            }
        } else {
            // Blanks belong to the field that they stand before.
            var wasBlank = true
            for (index, byte) in line.enumerated() {
                let isBlank = byte == 0x20 || byte == 0x09
                if isBlank, !wasBlank {
                    result.append(start..<index)
                    start = index
                }
                wasBlank = isBlank
            }
        }
        result.append(start..<line.count)
        return result
    }
}
