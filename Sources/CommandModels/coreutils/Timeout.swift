// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, timeout.

import Diagnostics
import ShellMachine

/// `timeout`: runs a program, but not for ever.
enum Timeout: CommandModel {
    static let names = ["timeout"]
    static let scope = Unknown.Scope.filesystem
    static let options: OptionTable? = OptionTable(
        [
            .value("k", "kill-after"), .value("s", "signal"), .flag("foreground"), .flag("preserve-status"),
            .flag("v", "verbose"),
        ],
        stopsAtOperand: true,
        isWhole: false
    )

    static func run(_ call: inout Invocation) -> Outcome {
        guard call.operands.count > 1 else { return call.missingOperand() }
        return call.launch(call.operands.dropFirst().map { Text($0) })
    }
}
