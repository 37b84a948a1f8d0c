// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, false.

import Diagnostics
import ShellMachine

/// `false`: does nothing, and fails.
enum FalseCommand: CommandModel {
    static let names = ["false"]
    static let scope = Unknown.Scope.output
    static let takesUnknownWords = true
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome { .code(1) }
}
