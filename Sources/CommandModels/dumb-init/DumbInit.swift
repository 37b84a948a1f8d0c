// SPDX-License-Identifier: Apache-2.0
//
// Source: dumb-init 1.2.

import Diagnostics
import ShellMachine

/// `dumb-init`: runs a program as the first process does.
enum DumbInit: CommandModel {
    static let names = ["dumb-init"]
    static let scope = Unknown.Scope.filesystem
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.launch(Array(call.words.dropFirst().drop { $0.string.hasPrefix("-") }))
    }
}
