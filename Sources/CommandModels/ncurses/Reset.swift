// SPDX-License-Identifier: Apache-2.0
//
// Source: ncurses 6.4, tset.

import Diagnostics
import ShellMachine

/// `reset`: sets up a terminal that is not there.
enum Reset: CommandModel {
    static let names = ["reset"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome { .success }
}
