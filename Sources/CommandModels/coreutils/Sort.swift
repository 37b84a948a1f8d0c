// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, sort; GNU coreutils 9.1. Bytes, as in the POSIX locale.

import Diagnostics
import ShellMachine

/// `sort`: lines in order.
enum Sort: CommandModel {
    static let names = ["sort"]
    static let scope = Unknown.Scope.files
    static let usageExit = 2
    static let blanks = CommandOption.flag("b", "ignore-leading-blanks")
    static let check = CommandOption.flag("c", "check")
    static let quietCheck = CommandOption.flag("C")
    static let foldsCase = CommandOption.flag("f", "ignore-case")
    static let key = CommandOption.value("k", "key", repeatable: true)
    static let numeric = CommandOption.flag("n", "numeric-sort")
    static let output = CommandOption.value("o", "output", is: .path)
    static let reverse = CommandOption.flag("r", "reverse")
    static let stable = CommandOption.flag("s", "stable")
    static let separator = CommandOption.value("t", "field-separator")
    static let unique = CommandOption.flag("u", "unique")
    /// Those that are not followed, in the order in which they are named.
    static let others: [CommandOption] = [
        .flag("V", "version-sort"), .flag("h", "human-numeric-sort"), .flag("g"), .flag("M"), .flag("R"), .flag("z"),
        .flag("d"),
    ]
    static let options: OptionTable? = OptionTable(
        [
            blanks, check, quietCheck, foldsCase, key, .flag("m").unfollowed, numeric, output, reverse, stable,
            .value("S", is: .number), separator, .value("T", is: .path), unique,
        ] + others
    )

    static func run(_ call: inout Invocation) -> Outcome {
        if let other = others.first(where: { call.has($0) }) { return giveUp(other.spellings[0], &call) }
        var general = SortOrder()
        for option in [numeric, reverse, foldsCase, blanks] where call.has(option) {
            _ = option.spellings[0].utf8.first.map { general.add($0) }
        }
        var keys: [SortKey] = []
        for text in call.values(key) {
            guard let key = SortKey(text, general) else { return giveUp("k \(text)", &call) }
            keys.append(key)
        }
        var mark: UInt8?
        if let text = call.value(separator) {
            let bytes = text == "\\0" ? [0] : Array(text.utf8)
            guard bytes.count == 1 else {
                return call.fail(bytes.isEmpty ? "empty tab" : "multi-character tab '\(text)'", code: 2)
            }
            mark = bytes[0]
        }
        let input = TextInput(call.operands, &call)
        guard input.tally.exit == 0 else { return .code(2, reason: input.tally.reason) }
        let lines = input.texts.flatMap { TextInput.lines($0.text.bytes) }
        call.world.charge(lines.count / 32)
        let sorting = Sorting(general: general, keys: keys, separator: mark, call)
        let isUnknown = input.texts.contains { $0.text.isUnknown }
        if call.has(check) || call.has(quietCheck) {
            guard !isUnknown else { return call.unknown("whether unknown text is sorted is not known", .output) }
            return isSorted(lines, sorting, &call)
        }
        let sorted: [UInt8] = sorting.sorted(lines).reduce(into: []) { $0 += $1 + [0x0A] }
        return write(sorted, isUnknown: isUnknown, &call)
    }

    private static func giveUp(_ option: String, _ call: inout Invocation) -> Outcome {
        _ = call.world.readInput()
        return call.unknown("sort -\(option) is not followed", call.has(output) ? .files : .output)
    }

    private static func isSorted(_ lines: [[UInt8]], _ sorting: Sorting, _ call: inout Invocation) -> Outcome {
        for (index, line) in lines.enumerated().dropFirst() {
            let result = sorting.compare(lines[index - 1], line)
            guard result > 0 || (result == 0 && call.has(unique)) else { continue }
            let file = call.operands.first ?? "-"
            if call.has(check) {
                call.warn("\(file):\(index + 1): disorder: \(String(decoding: line, as: UTF8.self))")
            }
            return .code(1)
        }
        return .success
    }

    private static func write(_ bytes: [UInt8], isUnknown: Bool, _ call: inout Invocation) -> Outcome {
        guard let target = call.value(output) else {
            call.out(bytes, isUnknown: isUnknown)
            return .success
        }
        do throws(FileError) {
            let place = try call.world.openFile(target, truncates: true)
            call.world.append(bytes, isUnknown: isUnknown, to: place)
            return .success
        } catch {
            return call.fail("open failed: \(target): \(error.message)", code: 2, reason: error.reason(target))
        }
    }

    /// How whole lines are compared.
    private struct Sorting {
        let general: SortOrder
        let keys: [SortKey]
        let separator: UInt8?
        let isStable: Bool
        let isUnique: Bool

        init(general: SortOrder, keys: [SortKey], separator: UInt8?, _ call: Invocation) {
            self.general = general
            self.keys = keys
            self.separator = separator
            isStable = call.has(Sort.stable)
            isUnique = call.has(Sort.unique)
        }

        func byKeys(_ one: [UInt8], _ two: [UInt8]) -> Int {
            guard !keys.isEmpty else { return general.compare(one[...], two[...]) }
            for key in keys {
                let result = key.order.compare(key.bytes(one, separator), key.bytes(two, separator))
                if result != 0 { return result }
            }
            return 0
        }

        /// Below 0 when the first line stands before the second; equal keys leave it to the lines.
        func compare(_ one: [UInt8], _ two: [UInt8]) -> Int {
            let result = byKeys(one, two)
            guard result == 0, !isStable, !isUnique else { return result }
            var order = SortOrder()
            order.isReversed = general.isReversed
            return order.compare(one[...], two[...])
        }

        func sorted(_ lines: [[UInt8]]) -> [[UInt8]] {
            let lines = lines.enumerated()
                .sorted { one, two in
                    let result = compare(one.element, two.element)
                    return result == 0 ? one.offset < two.offset : result < 0
                }
                .map(\.element)
            guard isUnique else { return lines }
            var kept: [[UInt8]] = []
            for line in lines where kept.last.map({ byKeys($0, line) != 0 }) ?? true { kept.append(line) }
            return kept
        }
    }
}
