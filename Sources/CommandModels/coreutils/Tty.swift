// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, tty.

import Diagnostics
import ShellMachine

/// `tty`: says that a build has no terminal.
enum Tty: CommandModel {
    static let names = ["tty"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.out("not a tty\n")
        return .code(1)
    }
}
