// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, nice.

import Diagnostics
import ShellMachine

/// `nice`: runs a program with less haste.
enum Nice: CommandModel {
    static let names = ["nice"]
    static let scope = Unknown.Scope.filesystem
    static let options: OptionTable? = OptionTable(
        [.value("n", "adjustment", is: .number)],
        stopsAtOperand: true,
        isWhole: false
    )

    static func run(_ call: inout Invocation) -> Outcome {
        call.launch(call.operands.map { Text($0) })
    }
}
