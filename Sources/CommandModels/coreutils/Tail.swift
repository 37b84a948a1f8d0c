// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, tail; GNU coreutils 9.1.

import Diagnostics
import ShellMachine

/// `tail`: the last lines of files.
enum Tail: CommandModel {
    static let names = ["tail"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = TextEnd.options

    static func run(_ call: inout Invocation) -> Outcome { TextEnd(isTail: true).run(&call) }
}
