// SPDX-License-Identifier: Apache-2.0

import ShellMachine

/// What programs have in common that change the lines of a text and look at no options.
enum LineChange {
    static func run(_ call: inout Invocation, _ change: ([[UInt8]]) -> [[UInt8]]) -> Outcome {
        let input = TextInput(call.arguments.filter { !$0.hasPrefix("-") || $0 == "-" }, &call)
        for (_, text) in input.texts {
            for line in change(TextInput.lines(text.bytes)) { call.out(line + [0x0A], isUnknown: text.isUnknown) }
            if text.isUnknown { call.out([], isUnknown: true) }
        }
        return input.tally.outcome
    }
}
