// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, sync.

import Diagnostics
import ShellMachine

/// `sync`: nothing that could be seen in an image.
enum Sync: CommandModel {
    static let names = ["sync"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome { .success }
}
