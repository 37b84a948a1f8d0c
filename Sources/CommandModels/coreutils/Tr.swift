// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, tr; GNU coreutils 9.1. Bytes, as in the POSIX locale.

import Diagnostics
import ShellMachine
import ShellSyntax

/// `tr`: bytes for other bytes.
enum Tr: CommandModel {
    static let names = ["tr"]
    static let scope = Unknown.Scope.output
    static let complement = CommandOption.flag("c", "C", "complement")
    static let delete = CommandOption.flag("d", "delete")
    static let squeeze = CommandOption.flag("s", "squeeze-repeats")
    static let truncate = CommandOption.flag("t", "truncate-set1")
    static let options: OptionTable? = OptionTable([complement, delete, squeeze, truncate], stopsAtOperand: true)

    static func run(_ call: inout Invocation) -> Outcome {
        guard let first = call.operands.first else { return call.missingOperand() }
        guard var from = set(first), let to = set(call.operands.count > 1 ? call.operands[1] : "") else {
            return call.unknown("the sets of tr are not followed", .output)
        }
        if call.operands.count < 2, !call.has(delete), !call.has(squeeze) {
            return call.fail("missing operand after '\(first)'\nTry 'tr --help' for more information.")
        }
        if call.has(complement) {
            let own = Set(from)
            from = (0...255).map { UInt8($0) }.filter { !own.contains($0) }
        }
        let text = call.world.readInput()
        call.out(changed(text.bytes, from, to, call), isUnknown: text.isUnknown)
        return .success
    }

    private static func changed(_ bytes: [UInt8], _ from: [UInt8], _ to: [UInt8], _ call: Invocation) -> [UInt8] {
        var (from, to) = (from, to)
        var table = (0...255).map { UInt8($0) }
        var removed = Set<UInt8>()
        var squeezed = Set<UInt8>()
        if call.has(delete) {
            removed = Set(from)
            if call.has(squeeze) { squeezed = Set(to) }
        } else if !to.isEmpty {
            if call.has(truncate) { from = Array(from.prefix(to.count)) }
            while to.count < from.count, let last = to.last { to.append(last) }
            for (one, other) in zip(from, to) { table[Int(one)] = other }
            if call.has(squeeze) { squeezed = Set(to) }
        } else {
            squeezed = Set(from)
        }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        for byte in bytes where !removed.contains(byte) {
            let mapped = table[Int(byte)]
            if squeezed.contains(mapped), output.last == mapped { continue }
            output.append(mapped)
        }
        return output
    }

    /// The bytes of a set of `tr`; nil for what is not understood.
    private static func set(_ text: String) -> [UInt8]? {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        func next() -> UInt8 {
            if bytes[index] == 0x5C, index + 1 < bytes.count {
                let (after, value, _) = EscapeSequences.one(bytes, index, style: .format, hexadecimal: false)
                index = after
                return value.count == 1 ? value[0] : value.last ?? 0x5C
            }
            index += 1
            return bytes[index - 1]
        }
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "["), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: ":"),
                let end = bytes[(index + 2)...].firstIndex(of: UInt8(ascii: ":")), end + 1 < bytes.count,
                bytes[end + 1] == UInt8(ascii: "]")
            {
                let ranges = CharacterClass.ranges(named: String(decoding: bytes[(index + 2)..<end], as: UTF8.self))
                for range in ranges { result += Array(range) }
                index = end + 2
                continue
            }
            if bytes[index] == UInt8(ascii: "["), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "=") {
                return nil
            }
            let low = next()
            if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-") {
                index += 1
                let high = next()
                guard low <= high else { return nil }
                result += Array(low...high)
            } else {
                result.append(low)
            }
        }
        return result
    }
}
