// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, sort; GNU coreutils 9.1. Bytes, as in the POSIX locale.

import ShellMachine
import ShellSyntax

/// How two keys are compared.
struct SortOrder {
    var isNumeric = false
    var isReversed = false
    var ignoresCase = false
    var ignoresBlanks = false

    /// Reads the letters behind a key; nil for one that is not followed.
    mutating func add(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "n"): isNumeric = true
        case UInt8(ascii: "r"): isReversed = true
        case UInt8(ascii: "f"): ignoresCase = true
        case UInt8(ascii: "b"): ignoresBlanks = true
        default: return false
        }
        return true
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Double {
        let text = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        var digits: [UInt8] = []
        var hasPoint = false
        for byte in text {
            if ShellParser.isDigit(byte) || (byte == UInt8(ascii: "-") && digits.isEmpty) {
                digits.append(byte)
            } else if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
                digits.append(byte)
            } else {
                break
            }
        }
        if digits.first == UInt8(ascii: ".") { digits.insert(0x30, at: 0) }
        return Double(String(decoding: digits, as: UTF8.self)) ?? 0
    }

    /// Below 0 when the first stands before the second.
    func compare(_ one: ArraySlice<UInt8>, _ two: ArraySlice<UInt8>) -> Int {
        var result = 0
        if isNumeric {
            let (first, second) = (Self.number(one), Self.number(two))
            result = first < second ? -1 : first > second ? 1 : 0
        } else {
            func text(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
                let bytes = ignoresBlanks ? bytes.drop { $0 == 0x20 || $0 == 0x09 } : bytes
                return ignoresCase ? bytes.map { $0.cased(upper: true) }[...] : bytes
            }
            let (first, second) = (text(one), text(two))
            result = first == second ? 0 : first.lexicographicallyPrecedes(second) ? -1 : 1
        }
        return isReversed ? -result : result
    }
}
