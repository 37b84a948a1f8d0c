// SPDX-License-Identifier: Apache-2.0
//
// Source: ncurses 6.4, clear.

import Diagnostics
import ShellMachine

/// `clear`: clears a screen that is not there.
enum Clear: CommandModel {
    static let names = ["clear"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome { .success }
}
