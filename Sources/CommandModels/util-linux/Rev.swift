// SPDX-License-Identifier: Apache-2.0
//
// Source: util-linux 2.38, rev.

import Diagnostics
import ShellMachine

/// `rev`: the bytes of each line in reverse order.
enum Rev: CommandModel {
    static let names = ["rev"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        LineChange.run(&call) { lines in lines.map { Array($0.reversed()) } }
    }
}
