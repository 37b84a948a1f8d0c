// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, printf, "Extended Description".

/// A number as printf reads it: decimal, octal, hexadecimal, or the value of a character behind a quote.
struct FormatNumber {
    /// The number; the nearest that there is where it is too large.
    private(set) var value = 0
    /// What was wrong, in the words of the shell.
    private(set) var messages: [String] = []
    /// Whether printf succeeds with it.
    private(set) var isGood = true

    init(_ bytes: [UInt8]?, isBash: Bool) {
        guard let bytes, let first = bytes.first else { return }
        if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
            value = bytes.count > 1 ? Int(bytes[1]) : 0
            return
        }
        var rest = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        var isNegative = false
        if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            rest = rest.dropFirst()
        }
        let base = Self.base(&rest)
        let length = rest.count
        let (magnitude, isTooLarge) = Self.value(&rest, base)
        let hasDigits = rest.count < length
        let text = String(decoding: bytes, as: UTF8.self)
        if !hasDigits || !rest.isEmpty {
            let why = isBash ? "invalid number" : hasDigits ? "not completely converted" : "expected numeric value"
            messages.append("\(text): \(why)")
            isGood = false
        }
        value = isNegative ? 0 &- magnitude : magnitude
        guard isTooLarge else { return }
        // Whether the unsigned conversions still have room is left open.
        messages.append("\(text): Numerical result out of range")
        isGood = isGood && isBash
        value = isNegative ? Int.min : Int.max
    }

    private static func base(_ rest: inout ArraySlice<UInt8>) -> Int {
        guard rest.first == 0x30, rest.count > 1 else { return 10 }
        let second = rest[rest.startIndex + 1]
        guard second == UInt8(ascii: "x") || second == UInt8(ascii: "X") else { return 8 }
        rest = rest.dropFirst(2)
        return 16
    }

    /// The number that stands at the front, and whether it is too large; what is left is no digit.
    private static func value(_ rest: inout ArraySlice<UInt8>, _ base: Int) -> (value: Int, isTooLarge: Bool) {
        var value = 0
        var isTooLarge = false
        while let byte = rest.first {
            let digit: Int
            switch byte {
            case 0x30...0x39: digit = Int(byte) - 0x30
            case 0x61...0x66: digit = Int(byte) - 0x57
            case 0x41...0x46: digit = Int(byte) - 0x37
            default: digit = 99
            }
            guard digit < base else { break }
            let (product, first) = value.multipliedReportingOverflow(by: base)
            let (sum, second) = product.addingReportingOverflow(digit)
            if first || second { isTooLarge = true }
            value = sum
            rest = rest.dropFirst()
        }
        return (value, isTooLarge)
    }
}
