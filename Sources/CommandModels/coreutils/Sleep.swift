// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, sleep.

import Diagnostics
import ShellMachine

/// `sleep`: waits, which no image shows.
enum Sleep: CommandModel {
    static let names = ["sleep"]
    static let scope = Unknown.Scope.output
    static let takesUnknownWords = true
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome { .success }
}
