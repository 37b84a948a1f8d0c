// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, head; GNU coreutils 9.1.

import Diagnostics
import ShellMachine

/// `head`: the first lines of files.
enum Head: CommandModel {
    static let names = ["head"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = TextEnd.options

    static func run(_ call: inout Invocation) -> Outcome { TextEnd(isTail: false).run(&call) }
}
