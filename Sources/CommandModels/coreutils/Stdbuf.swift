// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, stdbuf.

import Diagnostics
import ShellMachine

/// `stdbuf`: runs a program with other buffers.
enum Stdbuf: CommandModel {
    static let names = ["stdbuf"]
    static let scope = Unknown.Scope.filesystem
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.launch(Array(call.words.dropFirst().drop { $0.string.hasPrefix("-") }))
    }
}
