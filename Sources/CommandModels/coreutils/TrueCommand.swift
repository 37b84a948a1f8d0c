// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, true.

import Diagnostics
import ShellMachine

/// `true`: does nothing, and succeeds.
enum TrueCommand: CommandModel {
    static let names = ["true"]
    static let scope = Unknown.Scope.output
    static let takesUnknownWords = true
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome { .success }
}
