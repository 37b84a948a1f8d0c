// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, wc; GNU coreutils 9.1.

import Diagnostics
import ShellMachine

/// `wc`: counts lines, words and bytes.
enum Wc: CommandModel {
    static let names = ["wc"]
    static let scope = Unknown.Scope.output
    static let bytes = CommandOption.flag("c", "bytes")
    static let characters = CommandOption.flag("m", "chars")
    static let lines = CommandOption.flag("l", "lines")
    static let words = CommandOption.flag("w", "words")
    static let options: OptionTable? = OptionTable([
        bytes, characters, lines, words, .flag("L", "max-line-length").unfollowed,
    ])

    private struct Counts {
        var lines = 0
        var words = 0
        var bytes = 0

        init() {}

        init(_ text: [UInt8]) {
            var isInside = false
            for byte in text {
                let isBlank = byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
                if !isBlank, !isInside { words += 1 }
                isInside = !isBlank
                if byte == 0x0A { lines += 1 }
            }
            bytes = text.count
        }

        mutating func add(_ other: Counts) {
            lines += other.lines
            words += other.words
            bytes += other.bytes
        }
    }

    static func run(_ call: inout Invocation) -> Outcome {
        let input = TextInput(call.operands, &call)
        var total = Counts()
        for (name, text) in input.texts {
            let counts = Counts(text.bytes)
            total.add(counts)
            show(counts, name, isUnknown: text.isUnknown, &call)
        }
        if input.texts.count > 1 {
            show(total, "total", isUnknown: input.texts.contains { $0.text.isUnknown }, &call)
        }
        return input.tally.outcome
    }

    private static func show(_ counts: Counts, _ name: String, isUnknown: Bool, _ call: inout Invocation) {
        let all = call.options.given.isEmpty
        var parts: [String] = []
        if all || call.has(lines) { parts.append(String(counts.lines)) }
        if all || call.has(words) { parts.append(String(counts.words)) }
        if all || call.has(bytes) || call.has(characters) { parts.append(String(counts.bytes)) }
        let isLone = parts.count == 1
        let padded = isLone ? parts : parts.map { String(repeating: " ", count: max(0, 7 - $0.utf8.count)) + $0 }
        // How wide the columns are hangs on the sizes of the files, so they are not known for certain.
        call.out(
            padded.joined(separator: " ") + (name == "-" ? "" : " " + name) + "\n",
            isUnknown: isUnknown || (!isLone && name != "-")
        )
    }
}
