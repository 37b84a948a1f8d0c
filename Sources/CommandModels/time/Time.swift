// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, time.

import Diagnostics
import ShellMachine

/// `time`: runs a program and measures it.
enum Time: CommandModel {
    static let names = ["time"]
    static let scope = Unknown.Scope.filesystem
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.launch(Array(call.words.dropFirst().drop { $0.string.hasPrefix("-") }))
    }
}
