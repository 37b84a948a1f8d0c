// SPDX-License-Identifier: Apache-2.0
//
// Source: tini 0.19.

import Diagnostics
import ShellMachine

/// `tini`: runs a program as the first process does.
enum Tini: CommandModel {
    static let names = ["tini"]
    static let scope = Unknown.Scope.filesystem
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.launch(Array(call.words.dropFirst().drop { $0.string.hasPrefix("-") }))
    }
}
