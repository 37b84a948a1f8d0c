// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, cut; GNU coreutils 9.1. Bytes, as in the POSIX locale.

import Diagnostics
import ShellMachine

/// `cut`: parts of each line.
enum Cut: CommandModel {
    static let names = ["cut"]
    static let scope = Unknown.Scope.output
    static let bytes = CommandOption.value("b", "bytes")
    static let characters = CommandOption.value("c", "characters")
    static let delimiter = CommandOption.value("d", "delimiter")
    static let fields = CommandOption.value("f", "fields")
    static let onlyDelimited = CommandOption.flag("s", "only-delimited")
    static let complement = CommandOption.flag("complement")
    static let outputDelimiter = CommandOption.value("output-delimiter")
    static let options: OptionTable? = OptionTable([
        bytes, characters, delimiter, fields, .flag("n"), onlyDelimited, complement, outputDelimiter,
        .flag("z", "zero-terminated").unfollowed,
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        guard let list = call.value(fields) ?? call.value(characters) ?? call.value(bytes) else {
            return call.fail(
                "you must specify a list of bytes, characters, or fields\nTry 'cut --help' for more information."
            )
        }
        var ranges: [ClosedRange<Int>] = []
        for part in list.split(whereSeparator: { $0 == "," || $0 == " " }) {
            guard let range = range(part) else { return call.fail("invalid field value '\(part)'") }
            ranges.append(range)
        }
        let keepsOthers = call.has(complement)
        func isChosen(_ place: Int) -> Bool { ranges.contains { $0.contains(place + 1) } != keepsOthers }
        let mark = call.value(delimiter)?.utf8.first ?? 0x09
        let joiner = call.value(outputDelimiter).map { Array($0.utf8) } ?? [mark]
        let input = TextInput(call.operands, &call)
        for (_, text) in input.texts {
            for line in TextInput.lines(text.bytes) {
                guard call.has(fields) else {
                    let kept = line.enumerated().filter { isChosen($0.offset) }.map(\.element)
                    call.out(kept + [0x0A], isUnknown: text.isUnknown)
                    continue
                }
                guard line.contains(mark) else {
                    if !call.has(onlyDelimited) { call.out(line + [0x0A], isUnknown: text.isUnknown) }
                    continue
                }
                let all = line.split(separator: mark, omittingEmptySubsequences: false)
                let kept = all.enumerated().filter { isChosen($0.offset) }.map(\.element)
                call.out(Array(kept.joined(separator: joiner)) + [0x0A], isUnknown: text.isUnknown)
            }
            if text.isUnknown { call.out([], isUnknown: true) }
        }
        return input.tally.outcome
    }

    /// A range as `-f` has it: `3`, `3-`, `-3`, `3-5`.
    private static func range(_ text: Substring) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count <= 2, let low = ends[0].isEmpty ? 1 : Int(ends[0]),
            let high = ends.count == 1 ? low : ends[1].isEmpty ? Int.max : Int(ends[1]), low > 0, low <= high
        else { return nil }
        return low...high
    }
}
