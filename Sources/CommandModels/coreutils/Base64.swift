// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, base64; RFC 4648.

import Diagnostics
import ShellMachine

/// `base64`: bytes as letters, and back.
enum Base64: CommandModel {
    static let names = ["base64"]
    static let scope = Unknown.Scope.output
    static let decode = CommandOption.flag("d", "D", "decode")
    static let ignoresGarbage = CommandOption.flag("i", "ignore-garbage")
    static let wrap = CommandOption.value("w", "wrap", is: .number)
    static let options: OptionTable? = OptionTable([decode, ignoresGarbage, wrap])

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func run(_ call: inout Invocation) -> Outcome {
        let input = TextInput(Array(call.operands.prefix(1)), &call)
        guard let text = input.texts.first?.text else { return input.tally.outcome }
        if text.isUnknown {
            call.out([], isUnknown: true)
            return call.has(decode) ? .unknown : .success
        }
        if call.has(decode) {
            let (bytes, isWhole) = decoded(text.bytes, ignoresGarbage: call.has(ignoresGarbage))
            call.out(bytes)
            return isWhole ? .success : call.fail("invalid input")
        }
        call.out(encoded(text.bytes, width: call.value(wrap).flatMap { Int($0) } ?? 76))
        return input.tally.outcome
    }

    /// The bytes up to the first thing that is wrong, and whether all was right.
    private static func decoded(_ text: [UInt8], ignoresGarbage: Bool) -> (bytes: [UInt8], isWhole: Bool) {
        var output: [UInt8] = []
        var bits = 0
        var count = 0
        for byte in text where byte != 0x0A && byte != UInt8(ascii: "=") {
            guard let value = alphabet.firstIndex(of: byte) else {
                if ignoresGarbage { continue }
                return (output, false)
            }
            bits = (bits << 6 | value) & 0xFF_FFFF
            count += 1
            guard count % 4 != 1 else { continue }
            let shift = [0, 0, 4, 2][count % 4]
            output.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
        let marks = text.count(where: { $0 == UInt8(ascii: "=") })
        return (output, (count + marks) % 4 == 0)
    }

    private static func encoded(_ bytes: [UInt8], width: Int) -> [UInt8] {
        var output: [UInt8] = []
        var column = 0
        var index = 0
        while index < bytes.count {
            let group = bytes[index..<min(index + 3, bytes.count)]
            let missing = 3 - group.count
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * missing)
            for place in 0..<4 {
                if width > 0, column == width {
                    output.append(0x0A)
                    column = 0
                }
                output.append(
                    place <= group.count ? alphabet[(value >> (18 - 6 * place)) & 63] : UInt8(ascii: "=")
                )
                column += 1
            }
            index += 3
        }
        if width > 0, !output.isEmpty { output.append(0x0A) }
        return output
    }
}
