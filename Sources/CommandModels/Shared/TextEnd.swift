// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, head, tail; GNU coreutils 9.1.

import Diagnostics
import ShellMachine

/// What `head` and `tail` have in common: the first or the last lines or bytes of files.
struct TextEnd {
    static let lines = CommandOption.value("n", "lines", is: .number)
    static let bytes = CommandOption.value("c", "bytes", is: .number)
    static let quiet = CommandOption.flag("q", "quiet", "silent")
    static let verbose = CommandOption.flag("v", "verbose")
    /// `-5` for `-n 5`.
    static let digits = "0123456789".map { CommandOption.optionalValue(String($0), is: .number) }
    static let options = OptionTable(
        [
            lines, bytes, quiet, verbose, .optionalValue("f", "follow").unfollowed, .flag("F").unfollowed,
            .flag("retry"),
            .value("s", "sleep-interval", is: .number), .value("pid", is: .number),
            .flag("z", "zero-terminated").unfollowed,
        ] + digits
    )

    /// Whether it is the end of the text rather than its beginning.
    let isTail: Bool

    /// How much is shown.
    private struct Count {
        var number: Int
        /// `+` counts from the start for `tail`, `-` from the end for `head`.
        var sign: UInt8?
        var isBytes: Bool
    }

    func run(_ call: inout Invocation) -> Outcome {
        var operands = call.operands
        var text = call.value(Self.lines) ?? call.value(Self.bytes) ?? numberAlone(call)
        // `tail +5`, where it is the first word.
        if isTail, let first = call.arguments.first, first == operands.first, first.utf8.count > 1,
            first.hasPrefix("+"), first.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
        {
            operands.removeFirst()
            text = text ?? first
        }
        var digits = text ?? "10"
        let isBytes = !call.has(Self.lines) && call.has(Self.bytes)
        let sign = digits.utf8.first
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { digits.removeFirst() }
        guard let number = Int(digits), number >= 0 else {
            return call.fail("invalid number of \(isBytes ? "bytes" : "lines"): '\(digits)'")
        }
        let count = Count(number: number, sign: sign, isBytes: isBytes)
        let input = TextInput(operands, &call)
        for (place, (name, text)) in input.texts.enumerated() {
            // The one endless text of which the beginning is known.
            if name == "/dev/zero", !isTail, isBytes, sign != UInt8(ascii: "-"), number <= call.world.limits.entryBytes
            {
                call.out([UInt8](repeating: 0, count: number))
                continue
            }
            if input.texts.count > 1 || call.has(Self.verbose), !call.has(Self.quiet) {
                call.out((place > 0 ? "\n" : "") + "==> \(name) <==\n")
            }
            call.out(shown(text.bytes, count), isUnknown: text.isUnknown)
        }
        return input.tally.outcome
    }

    /// The number of `-5`; nil where there is none.
    private func numberAlone(_ call: Invocation) -> String? {
        call.options.given.last { Self.digits.contains($0.option) }
            .map { $0.option.spellings[0] + ($0.value ?? "") }
    }

    private func shown(_ bytes: [UInt8], _ count: Count) -> [UInt8] {
        if count.isBytes { return Array(chosen(bytes, count)) }
        var pieces = TextInput.lines(bytes).map { $0 + [0x0A] }
        if bytes.last != 0x0A, var last = pieces.last, !last.isEmpty {
            last.removeLast()
            pieces[pieces.count - 1] = last
        }
        return Array(chosen(pieces, count).joined())
    }

    private func chosen<Element>(_ all: [Element], _ count: Count) -> ArraySlice<Element> {
        if isTail {
            return count.sign == UInt8(ascii: "+") ? all.dropFirst(max(0, count.number - 1)) : all.suffix(count.number)
        }
        return count.sign == UInt8(ascii: "-") ? all.dropLast(count.number) : all.prefix(count.number)
    }
}
