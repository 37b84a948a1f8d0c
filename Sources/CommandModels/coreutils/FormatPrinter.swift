// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, printf, "Extended Description".

import ShellSyntax

/// Carries out the format of `printf`.
struct FormatPrinter {
    private let format: [UInt8]
    private let arguments: [[UInt8]]
    private let isBash: Bool
    /// What it writes.
    private(set) var output: [UInt8] = []
    /// What was wrong, in the words of the shell.
    private(set) var messages: [String] = []
    private var next = 0
    private var isGood = true
    /// Whether the format itself is wrong.
    private(set) var isMalformed = false
    /// Whether the output is not what a real printf would write.
    private(set) var usesUnknown = false

    init(format: [UInt8], arguments: [[UInt8]], isBash: Bool) {
        self.format = format
        self.arguments = arguments
        self.isBash = isBash
    }

    /// Prints; false when something could not be converted.
    mutating func run(limit: Int) -> Bool {
        repeat {
            let before = next
            guard pass(limit) else { return isGood }
            if next == before { break }
        } while next < arguments.count && output.count < limit
        return isGood
    }

    private mutating func take() -> [UInt8]? {
        guard next < arguments.count else { return nil }
        next += 1
        return arguments[next - 1]
    }

    /// Goes over the format once; false when `\c` or an error ends the output.
    private mutating func pass(_ limit: Int) -> Bool {
        var index = 0
        while index < format.count {
            let byte = format[index]
            if byte == 0x5C {
                let (after, bytes, stops) = EscapeSequences.one(format, index, style: .format, hexadecimal: isBash)
                if stops || (index + 1 < format.count && format[index + 1] == UInt8(ascii: "c")) { return false }
                output += bytes
                index = after
                continue
            }
            guard byte == UInt8(ascii: "%") else {
                output.append(byte)
                index += 1
                continue
            }
            index += 1
            guard index < format.count else {
                output.append(byte)
                break
            }
            if format[index] == UInt8(ascii: "%") {
                output.append(byte)
                index += 1
                continue
            }
            var flags: Set<UInt8> = []
            while index < format.count, "-+ #0".utf8.contains(format[index]) {
                flags.insert(format[index])
                index += 1
            }
            var width = number(&index)
            if let value = width, value < 0 {
                flags.insert(UInt8(ascii: "-"))
                width = 0 &- value
            }
            var precision: Int?
            if index < format.count, format[index] == UInt8(ascii: ".") {
                index += 1
                precision = number(&index) ?? 0
                if let value = precision, value < 0 { precision = nil }
            }
            while isBash, index < format.count, "hlLjzt".utf8.contains(format[index]) { index += 1 }
            guard index < format.count else {
                messages.append("missing format character")
                isGood = false
                return false
            }
            let conversion = format[index]
            index += 1
            guard convert(conversion, flags, min(width ?? 0, limit), precision.map { min($0, limit) }) else {
                return false
            }
            if output.count > limit { return false }
        }
        return true
    }

    private mutating func number(_ index: inout Int) -> Int? {
        if index < format.count, format[index] == UInt8(ascii: "*") {
            index += 1
            return take().map { integer($0) } ?? 0
        }
        let start = index
        while index < format.count, ShellParser.isDigit(format[index]) { index += 1 }
        return index > start ? Int(String(decoding: format[start..<index], as: UTF8.self)) ?? 1 << 20 : nil
    }

    private mutating func integer(_ bytes: [UInt8]?) -> Int {
        let number = FormatNumber(bytes, isBash: isBash)
        messages += number.messages
        isGood = isGood && number.isGood
        return number.value
    }

    private mutating func convert(_ conversion: UInt8, _ flags: Set<UInt8>, _ width: Int, _ precision: Int?) -> Bool {
        switch conversion {
        case UInt8(ascii: "s"):
            var bytes = take() ?? []
            if let precision { bytes = Array(bytes.prefix(precision)) }
            pad(bytes, flags, width)
        case UInt8(ascii: "b"):
            let (bytes, stops) = EscapeSequences.expand(take() ?? [], style: .argument, hexadecimal: isBash)
            pad(precision.map { Array(bytes.prefix($0)) } ?? bytes, flags, width)
            if stops { return false }
        case UInt8(ascii: "q") where isBash: pad(Self.quoted(take() ?? []), flags, width)
        case UInt8(ascii: "c"): pad(Array((take() ?? []).prefix(1)), flags, width)
        case UInt8(ascii: "d"), UInt8(ascii: "i"): putSigned(flags, width, precision)
        case UInt8(ascii: "u"), UInt8(ascii: "o"), UInt8(ascii: "x"), UInt8(ascii: "X"):
            putUnsigned(conversion, flags, width, precision)
        case UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "g"),
            UInt8(ascii: "G"):
            putFloating(conversion, flags, width, precision)
        case UInt8(ascii: "(") where isBash:
            // A time in a form of its own: nobody knows the zone, and without a number not the hour.
            usesUnknown = true
            isGood = true
            return false
        default:
            messages.append(
                isBash
                    ? "`\(UnicodeScalar(conversion))': invalid format character"
                    : "%\(UnicodeScalar(conversion)): invalid directive"
            )
            isMalformed = true
            isGood = false
            return false
        }
        return true
    }

    private mutating func putSigned(_ flags: Set<UInt8>, _ width: Int, _ precision: Int?) {
        let value = integer(take())
        var digits = String(value.magnitude)
        if let precision { while digits.utf8.count < precision { digits = "0" + digits } }
        let sign =
            value < 0 ? "-" : flags.contains(UInt8(ascii: "+")) ? "+" : flags.contains(0x20) ? " " : ""
        padNumber(sign, digits, flags, width, hasPrecision: precision != nil)
    }

    private mutating func putUnsigned(_ conversion: UInt8, _ flags: Set<UInt8>, _ width: Int, _ precision: Int?) {
        let value = UInt(bitPattern: integer(take()))
        let radix = conversion == UInt8(ascii: "u") ? 10 : conversion == UInt8(ascii: "o") ? 8 : 16
        var digits = String(value, radix: radix, uppercase: conversion == UInt8(ascii: "X"))
        if let precision { while digits.utf8.count < precision { digits = "0" + digits } }
        var prefix = ""
        if flags.contains(UInt8(ascii: "#")), value != 0 {
            if radix == 8, !digits.hasPrefix("0") { digits = "0" + digits }
            if radix == 16 { prefix = conversion == UInt8(ascii: "X") ? "0X" : "0x" }
        }
        padNumber(prefix, digits, flags, width, hasPrecision: precision != nil)
    }

    private mutating func putFloating(_ conversion: UInt8, _ flags: Set<UInt8>, _ width: Int, _ precision: Int?) {
        let text = String(decoding: take() ?? [], as: UTF8.self)
        let value = Double(text) ?? (text.isEmpty ? 0 : .nan)
        guard value.isFinite, value.magnitude < 1e15, value == 0 || value.magnitude > 1e-9,
            (precision ?? 6) <= 12, let digits = FloatingDigits.text(value.magnitude, conversion, precision ?? 6)
        else {
            if Double(text) == nil { messages.append("\(text): expected numeric value") }
            isGood = false
            usesUnknown = true
            return
        }
        padNumber(
            value < 0 ? "-" : flags.contains(UInt8(ascii: "+")) ? "+" : flags.contains(0x20) ? " " : "",
            conversion & 0x20 == 0 ? digits.uppercased() : digits,
            flags,
            width,
            hasPrecision: false
        )
    }

    private mutating func pad(_ bytes: [UInt8], _ flags: Set<UInt8>, _ width: Int) {
        let blanks = [UInt8](repeating: 0x20, count: max(0, width - bytes.count))
        output += flags.contains(UInt8(ascii: "-")) ? bytes + blanks : blanks + bytes
    }

    private mutating func padNumber(
        _ sign: String,
        _ digits: String,
        _ flags: Set<UInt8>,
        _ width: Int,
        hasPrecision: Bool
    ) {
        let count = sign.utf8.count + digits.utf8.count
        if flags.contains(0x30), !flags.contains(UInt8(ascii: "-")), !hasPrecision, count < width {
            output += Array(sign.utf8) + [UInt8](repeating: 0x30, count: width - count) + Array(digits.utf8)
        } else {
            pad(Array((sign + digits).utf8), flags, width)
        }
    }

    /// A word that bash would read back as it is, as `%q` writes it.
    private static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.isEmpty { return Array("''".utf8) }
        if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return dollarQuoted(bytes) }
        var result: [UInt8] = []
        for (place, byte) in bytes.enumerated() {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "/"),
                UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "="),
                0x80...0xFF:
                result.append(byte)
            // Only in front these mean something to a shell.
            case UInt8(ascii: "#") where place > 0, UInt8(ascii: "~") where place > 0: result.append(byte)
            default:
                result.append(0x5C)
                result.append(byte)
            }
        }
        return result
    }

    /// Text with control characters, in the form `$'…'`.
    private static func dollarQuoted(_ bytes: [UInt8]) -> [UInt8] {
        let names: [UInt8: String] = [
            0x07: "\\a", 0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0B: "\\v", 0x0C: "\\f", 0x0D: "\\r", 0x1B: "\\E",
            0x27: "\\'", 0x5C: "\\\\",
        ]
        var result = Array("$'".utf8)
        for byte in bytes {
            if let name = names[byte] {
                result += Array(name.utf8)
            } else if byte < 0x20 || byte == 0x7F {
                let digits = String(byte, radix: 8)
                result += [0x5C] + [UInt8](repeating: 0x30, count: 3 - digits.utf8.count) + Array(digits.utf8)
            } else {
                result.append(byte)
            }
        }
        return result + [0x27]
    }
}
