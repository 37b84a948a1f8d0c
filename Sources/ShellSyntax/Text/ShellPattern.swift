// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.13 "Pattern Matching Notation".

/// A pattern with `*`, `?` and `[ ]`; a backslash makes the next byte plain.
package struct ShellPattern: Sendable {
    private enum Item: Sendable {
        case byte(UInt8)
        case any
        case star
        case set([ClosedRange<UInt8>], negated: Bool)
    }

    private var items: [Item] = []

    /// Whether anything in it is more than a plain byte.
    package private(set) var isPlain = true

    /// Reads a pattern; in dash alone `[^x]` is no complement.
    package init(_ bytes: ArraySlice<UInt8>, _ dialect: ShellDialect = .bash) { self.init(Array(bytes), dialect) }

    /// Reads a pattern; in dash alone `[^x]` is no complement.
    package init(_ bytes: [UInt8], _ dialect: ShellDialect = .bash) {
        let caretNegates = dialect != .dash
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case 0x5C where index + 1 < bytes.count:
                items.append(.byte(bytes[index + 1]))
                index += 2
            case UInt8(ascii: "*"):
                isPlain = false
                if case .star? = items.last {} else { items.append(.star) }
                index += 1
            case UInt8(ascii: "?"):
                isPlain = false
                items.append(.any)
                index += 1
            case UInt8(ascii: "["):
                if let (set, next) = Self.set(bytes, index, caretNegates: caretNegates) {
                    isPlain = false
                    items.append(set)
                    index = next
                } else {
                    items.append(.byte(bytes[index]))
                    index += 1
                }
            default:
                items.append(.byte(bytes[index]))
                index += 1
            }
        }
    }

    /// The bytes of a pattern that is plain.
    package var plainBytes: [UInt8] {
        items.compactMap { if case .byte(let byte) = $0 { byte } else { nil } }
    }

    /// Whether the first thing in it is a plain dot, which hidden files need.
    package var beginsWithDot: Bool {
        if case .byte(0x2E)? = items.first { true } else { false }
    }

    /// Whether the whole text matches.
    package func matches(_ text: [UInt8]) -> Bool { matches(text[...]) }

    /// Whether the whole text matches.
    ///
    /// Going back to the last `*` alone is enough, so the time is at most pattern times text.
    package func matches(_ text: ArraySlice<UInt8>) -> Bool {
        let start = text.startIndex
        let count = text.count
        func byte(_ offset: Int) -> UInt8 { text[start + offset] }
        var place = 0
        var item = 0
        var starItem = -1
        var starPlace = 0
        while place < count {
            if item < items.count {
                if case .star = items[item] {
                    starItem = item
                    starPlace = place
                    item += 1
                    continue
                }
                if Self.matches(items[item], byte(place)) {
                    item += 1
                    place += 1
                    continue
                }
            }
            guard starItem >= 0 else { return false }
            starPlace += 1
            place = starPlace
            item = starItem + 1
        }
        while item < items.count, case .star = items[item] { item += 1 }
        return item == items.count
    }

    private static func matches(_ item: Item, _ byte: UInt8) -> Bool {
        switch item {
        case .byte(let own): own == byte
        case .any: true
        case .star: false
        case .set(let ranges, let negated): ranges.contains { $0.contains(byte) } != negated
        }
    }

    private static func set(_ bytes: [UInt8], _ start: Int, caretNegates: Bool) -> (Item, Int)? {
        var index = start + 1
        var negated = false
        if index < bytes.count,
            bytes[index] == UInt8(ascii: "!") || (caretNegates && bytes[index] == UInt8(ascii: "^"))
        {
            negated = true
            index += 1
        }
        var ranges: [ClosedRange<UInt8>] = []
        var isFirst = true
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "]"), !isFirst { return (.set(ranges, negated: negated), index + 1) }
            isFirst = false
            if byte == UInt8(ascii: "["), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: ":"),
                let end = bytes[(index + 2)...].firstIndex(of: UInt8(ascii: ":")), end + 1 < bytes.count,
                bytes[end + 1] == UInt8(ascii: "]")
            {
                ranges += CharacterClass.ranges(named: String(decoding: bytes[(index + 2)..<end], as: UTF8.self))
                index = end + 2
                continue
            }
            var low = byte
            index += 1
            if byte == 0x5C, index < bytes.count {
                low = bytes[index]
                index += 1
            }
            if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"), bytes[index + 1] != UInt8(ascii: "]") {
                var high = bytes[index + 1]
                index += 2
                if high == 0x5C, index < bytes.count {
                    high = bytes[index]
                    index += 1
                }
                if low <= high { ranges.append(low...high) }
            } else {
                ranges.append(low...low)
            }
        }
        return nil
    }
}
