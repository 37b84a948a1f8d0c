// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, nohup.

import Diagnostics
import ShellMachine

/// `nohup`: runs a program that outlives its shell.
enum Nohup: CommandModel {
    static let names = ["nohup"]
    static let scope = Unknown.Scope.filesystem
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.launch(Array(call.words.dropFirst()))
    }
}
