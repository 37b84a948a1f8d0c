// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, cat; GNU coreutils 9.1.

import Diagnostics
import ShellMachine

/// `cat`: hands files on.
enum Cat: CommandModel {
    static let names = ["cat"]
    static let scope = Unknown.Scope.output
    static let number = CommandOption.flag("n", "number")
    static let unbuffered = CommandOption.flag("u")
    static let options: OptionTable? = OptionTable([
        .flag("A", "show-all"), .flag("b", "number-nonblank"), .flag("e"), .flag("E", "show-ends"), number,
        .flag("s", "squeeze-blank"), .flag("t"), .flag("T", "show-tabs"), unbuffered, .flag("v", "show-nonprinting"),
    ])

    static func run(_ call: inout Invocation) -> Outcome {
        let input = TextInput(call.operands, &call)
        guard call.options.given.allSatisfy({ $0.option == unbuffered || $0.option == number }) else {
            call.out([], isUnknown: true)
            return input.tally.outcome
        }
        var count = 0
        for (_, text) in input.texts {
            guard call.has(number) else {
                call.out(text.bytes, isUnknown: text.isUnknown)
                continue
            }
            for line in TextInput.lines(text.bytes) {
                count += 1
                let digits = String(count)
                let padding = String(repeating: " ", count: max(0, 6 - digits.utf8.count))
                call.out(Array((padding + digits + "\t").utf8) + line + [0x0A], isUnknown: text.isUnknown)
            }
        }
        return input.tally.outcome
    }
}
