// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017 and GNU coreutils 9.1, sort. Bytes, as in the POSIX locale.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `sort`.
enum SortCommand: CommandFamily {
    static let models: [String: LegacyModel] = ["sort": LegacyModel(.files, sort)]

    /// How two keys are compared.
    private struct Order {
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
    }

    /// What `-k` names: fields and characters from 1; an end of 0 is the end of the line, a character of 0 that of the field.
    private struct Key {
        var start = (field: 1, character: 1)
        var end = (field: 0, character: 0)
        var order: Order

        init?(_ text: String, _ general: Order) {
            order = general
            let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
            var own = Order()
            var hasOwn = false
            func place(_ part: Substring) -> (Int, Int?)? {
                var digits: [Int?] = []
                var rest = part.utf8[...]
                while true {
                    let number = rest.prefix { ShellParser.isDigit($0) }
                    digits.append(Int(String(number) ?? ""))
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
            }
            if hasOwn { order = own }
        }

        func bytes(_ line: [UInt8], _ separator: UInt8?) -> ArraySlice<UInt8> {
            let fields = SortCommand.fields(line, separator)
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
    private static func compare(_ one: ArraySlice<UInt8>, _ two: ArraySlice<UInt8>, _ order: Order) -> Int {
        var result = 0
        if order.isNumeric {
            let (first, second) = (number(one), number(two))
            result = first < second ? -1 : first > second ? 1 : 0
        } else {
            func text(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
                let bytes = order.ignoresBlanks ? bytes.drop { $0 == 0x20 || $0 == 0x09 } : bytes
                return order.ignoresCase ? bytes.map { Execution.changedCase($0, upper: true) }[...] : bytes
            }
            let (first, second) = (text(one), text(two))
            result = first == second ? 0 : first.lexicographicallyPrecedes(second) ? -1 : 1
        }
        return order.isReversed ? -result : result
    }

    private static func sort(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "b,ignore-leading-blanks c,check C d f,ignore-case g h,human-numeric-sort k,key= m M n,numeric-sort o,output= "
                    + "r,reverse R s,stable S= t,field-separator= T= u,unique V,version-sort z"
            )
        else { return .code(2) }
        func giveUp(_ key: String) -> Exit {
            _ = context.readInput()
            return context.unknown("sort -\(key) is not followed", options.has("o") ? .files : .output)
        }
        for key in ["V", "h", "g", "M", "R", "z", "d"] where options.has(key) { return giveUp(key) }
        var general = Order()
        for letter in "nrfb".utf8 where options.has(String(UnicodeScalar(letter))) { _ = general.add(letter) }
        var keys: [Key] = []
        for text in options.values("k") {
            guard let key = Key(text, general) else { return giveUp("k \(text)") }
            keys.append(key)
        }
        var separator: UInt8?
        if let text = options.value("t") {
            let bytes = text == "\\0" ? [0] : Array(text.utf8)
            guard bytes.count == 1 else {
                return context.fail(bytes.isEmpty ? "empty tab" : "multi-character tab '\(text)'", code: 2)
            }
            separator = bytes[0]
        }
        let (texts, exit) = ReadingCommands.input(context, options.operands)
        guard exit == 0 else { return .code(2) }
        var lines = texts.flatMap { ReadingCommands.lines($0.text.bytes) }
        context.execution.world.charge(lines.count / 32)
        func byKeys(_ one: [UInt8], _ two: [UInt8]) -> Int {
            guard !keys.isEmpty else { return compare(one[...], two[...], general) }
            for key in keys {
                let result = compare(key.bytes(one, separator), key.bytes(two, separator), key.order)
                if result != 0 { return result }
            }
            return 0
        }
        func all(_ one: [UInt8], _ two: [UInt8]) -> Int {
            let result = byKeys(one, two)
            guard result == 0, !options.has("s"), !options.has("u") else { return result }
            var order = Order()
            order.isReversed = general.isReversed
            return compare(one[...], two[...], order)
        }
        let isUnknown = texts.contains { $0.text.isUnknown }
        if options.has("c") || options.has("C") {
            guard !isUnknown else { return context.unknown("whether unknown text is sorted is not known", .output) }
            for (index, line) in lines.enumerated().dropFirst() {
                let result = all(lines[index - 1], line)
                guard result > 0 || (result == 0 && options.has("u")) else { continue }
                let file = options.operands.first ?? "-"
                if options.has("c") {
                    context.warn("\(file):\(index + 1): disorder: \(String(decoding: line, as: UTF8.self))")
                }
                return .code(1)
            }
            return .code(0)
        }
        lines = lines.enumerated()
            .sorted { one, two in
                let result = all(one.element, two.element)
                return result == 0 ? one.offset < two.offset : result < 0
            }
            .map(\.element)
        if options.has("u") {
            var kept: [[UInt8]] = []
            for line in lines where kept.last.map({ byKeys($0, line) != 0 }) ?? true { kept.append(line) }
            lines = kept
        }
        let output: [UInt8] = lines.reduce(into: []) { $0 += $1 + [0x0A] }
        guard let target = options.value("o") else {
            context.out(output, isUnknown: isUnknown)
            return .code(0)
        }
        do throws(FileError) {
            let place = try context.execution.world.openFile(target, truncates: true)
            context.execution.world.append(output, isUnknown: isUnknown, to: place)
            return .code(0)
        } catch {
            return context.fail("open failed: \(target): \(error.message)", code: 2)
        }
    }
}
