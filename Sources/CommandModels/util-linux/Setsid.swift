// SPDX-License-Identifier: Apache-2.0
//
// Source: util-linux 2.38, setsid(1).

import Diagnostics
import ShellMachine

/// `setsid`: runs a program in a session of its own.
enum Setsid: CommandModel {
    static let names = ["setsid"]
    static let scope = Unknown.Scope.filesystem
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.launch(Array(call.words.dropFirst()))
    }
}
