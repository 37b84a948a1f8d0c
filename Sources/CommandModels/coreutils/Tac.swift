// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, tac.

import Diagnostics
import ShellMachine

/// `tac`: lines in reverse order.
enum Tac: CommandModel {
    static let names = ["tac"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        LineChange.run(&call) { lines in Array(lines.reversed()) }
    }
}
