// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, echo; dash 0.5.12, bash 5.2 and BusyBox 1.36 where they differ.

import Diagnostics
import ShellMachine
import ShellSyntax

/// `echo`: writes its words.
enum Echo: CommandModel {
    static let names = ["echo"]
    static let scope = Unknown.Scope.output
    static let takesUnknownWords = true
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        var words = Array(call.words.dropFirst())
        var endsLine = true
        var expands = call.flavor == .dashBuiltin
        if call.flavor == .dashBuiltin {
            if words.first?.bytes == Array("-n".utf8) {
                endsLine = false
                words.removeFirst()
            }
        } else {
            while let letters = letters(words.first) {
                for letter in letters {
                    switch letter {
                    case UInt8(ascii: "n"): endsLine = false
                    case UInt8(ascii: "e"): expands = true
                    default: expands = false
                    }
                }
                words.removeFirst()
            }
        }
        var output = Array(words.map(\.bytes).joined(separator: [0x20]))
        if expands {
            let (bytes, stops) = EscapeSequences.expand(
                output,
                style: call.flavor == .gnu ? .echo : .argument,
                hexadecimal: call.flavor != .dashBuiltin
            )
            output = bytes
            if stops { endsLine = false }
        }
        if endsLine { output.append(0x0A) }
        call.out(output, isUnknown: words.contains(where: \.isUnknown))
        return .success
    }

    /// The letters of a word of options; nil for any other word, which is then written.
    private static func letters(_ word: Text?) -> ArraySlice<UInt8>? {
        guard let bytes = word?.bytes, bytes.count > 1, bytes.first == UInt8(ascii: "-") else { return nil }
        let letters = bytes.dropFirst()
        return letters.allSatisfy { "neE".utf8.contains($0) } ? letters : nil
    }
}
