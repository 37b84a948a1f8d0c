// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, uniq; GNU coreutils 9.1. Bytes, as in the POSIX locale.

import Diagnostics
import OCISpec
import ShellMachine

/// `uniq`: equal lines once.
enum Uniq: CommandModel {
    static let names = ["uniq"]
    static let scope = Unknown.Scope.files
    static let count = CommandOption.flag("c", "count")
    static let repeated = CommandOption.flag("d", "repeated")
    static let unique = CommandOption.flag("u", "unique")
    static let ignoresCase = CommandOption.flag("i", "ignore-case")
    /// Those that are not followed.
    static let others: [CommandOption] = [
        .value("f", is: .number), .value("s", is: .number), .value("w", is: .number), .flag("D"), .flag("z"),
    ]
    static let options: OptionTable? = OptionTable([count, repeated, unique, ignoresCase] + others)

    static func run(_ call: inout Invocation) -> Outcome {
        if let other = others.first(where: { call.has($0) }) {
            return call.unknown("uniq -\(other.spellings[0]) is not followed", .output)
        }
        let input = TextInput(Array(call.operands.prefix(1)), &call)
        var place: ImagePath?
        if call.operands.count > 1, call.operands[1] != "-" {
            do throws(FileError) {
                place = try call.world.openFile(call.operands[1], truncates: true)
            } catch {
                return call.fail("\(call.operands[1]): \(error.message)", reason: error.reason(call.operands[1]))
            }
        }
        for (_, text) in input.texts {
            for (line, number) in groups(TextInput.lines(text.bytes), ignoresCase: call.has(ignoresCase)) {
                if call.has(repeated), number < 2 { continue }
                if call.has(unique), number > 1 { continue }
                let digits = String(number)
                let padding = String(repeating: " ", count: max(0, 7 - digits.utf8.count))
                let prefix = call.has(count) ? padding + digits + " " : ""
                put(Array(prefix.utf8) + line + [0x0A], isUnknown: text.isUnknown, place, &call)
            }
            if text.isUnknown { put([], isUnknown: true, place, &call) }
        }
        return input.tally.outcome
    }

    private static func groups(_ lines: [[UInt8]], ignoresCase: Bool) -> [(line: [UInt8], count: Int)] {
        func key(_ line: [UInt8]) -> [UInt8] { ignoresCase ? line.map { $0.cased(upper: true) } : line }
        var groups: [(line: [UInt8], count: Int)] = []
        for line in lines {
            if let last = groups.last, key(last.line) == key(line) {
                groups[groups.count - 1].count += 1
            } else {
                groups.append((line, 1))
            }
        }
        return groups
    }

    private static func put(_ bytes: [UInt8], isUnknown: Bool, _ place: ImagePath?, _ call: inout Invocation) {
        if let place {
            call.world.append(bytes, isUnknown: isUnknown, to: place)
        } else {
            call.out(bytes, isUnknown: isUnknown)
        }
    }
}
