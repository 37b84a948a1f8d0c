// SPDX-License-Identifier: Apache-2.0

/// Work on decimal numbers of any length, kept as their ASCII digits so that nothing can overflow.
enum Digits {
    /// Orders two runs of digits by value; leading zeros do not count, an empty run is 0.
    static func compare(
        _ left: some RandomAccessCollection<UInt8>,
        _ right: some RandomAccessCollection<UInt8>
    ) -> VersionScheme.Comparison {
        let one = left.drop { $0 == UInt8(ascii: "0") }
        let other = right.drop { $0 == UInt8(ascii: "0") }
        if one.count != other.count { return one.count < other.count ? .less : .greater }
        return bytes(one, other)
    }

    /// Orders two lists of numbers by the first that differ; what one has more of does not count.
    static func compareEach(_ left: [[UInt8]], _ right: [[UInt8]]) -> VersionScheme.Comparison {
        for (one, other) in zip(left, right) {
            let result = compare(one, other)
            if result != .equal { return result }
        }
        return .equal
    }

    /// Orders two texts byte by byte; a text that another begins with is less.
    static func bytes(
        _ left: some Collection<UInt8>,
        _ right: some Collection<UInt8>
    ) -> VersionScheme.Comparison {
        if left.lexicographicallyPrecedes(right) { return .less }
        return right.lexicographicallyPrecedes(left) ? .greater : .equal
    }

    /// Orders two texts as people read them: runs of digits by value, everything else byte by byte.
    static func natural(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> VersionScheme.Comparison {
        var (one, other) = (left, right)
        while let a = one.first, let b = other.first {
            guard a.isDigit, b.isDigit else {
                if a != b { return a < b ? .less : .greater }
                one = one.dropFirst()
                other = other.dropFirst()
                continue
            }
            let (digits, otherDigits) = (one.prefix(while: \.isDigit), other.prefix(while: \.isDigit))
            let result = compare(digits, otherDigits)
            if result != .equal { return result }
            one = one.dropFirst(digits.count)
            other = other.dropFirst(otherDigits.count)
        }
        if one.isEmpty, other.isEmpty { return .equal }
        return one.isEmpty ? .less : .greater
    }

    /// The digits without leading zeros; `0` for zero.
    static func stripped(_ digits: some RandomAccessCollection<UInt8>) -> [UInt8] {
        let rest = digits.drop { $0 == UInt8(ascii: "0") }
        return rest.isEmpty ? [UInt8(ascii: "0")] : Array(rest)
    }

    /// The number that follows.
    static func next(after digits: [UInt8]) -> [UInt8] {
        var result = digits
        var index = result.count
        while index > 0 {
            index -= 1
            if result[index] != UInt8(ascii: "9") {
                result[index] += 1
                return result
            }
            result[index] = UInt8(ascii: "0")
        }
        return [UInt8(ascii: "1")] + result
    }

    /// Whether every digit is 0 (so is an empty run).
    static func isZero(_ digits: some Sequence<UInt8>) -> Bool { digits.allSatisfy { $0 == UInt8(ascii: "0") } }
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLower: Bool { self >= 0x61 && self <= 0x7A }
    var isUpper: Bool { self >= 0x41 && self <= 0x5A }
    var isLetter: Bool { isLower || isUpper }
    var isAlphanumeric: Bool { isDigit || isLetter }
    /// Blank, tab, line feed, vertical tab, form feed, carriage return.
    var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
    var lowercased: UInt8 { isUpper ? self | 0x20 : self }
}

extension BidirectionalCollection<UInt8> where SubSequence: BidirectionalCollection<UInt8> {
    /// The bytes without blanks at both ends.
    var trimmed: SubSequence {
        var slice = self.drop(while: \.isBlank)
        while let last = slice.last, last.isBlank { slice = slice.dropLast() }
        return slice
    }
}

extension String {
    /// Text of bytes that came from text.
    init(ascii bytes: some Collection<UInt8>) { self = String(decoding: bytes, as: UTF8.self) }
}
