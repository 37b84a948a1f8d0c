// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, chown; BusyBox 1.36.

import Diagnostics
import ShellMachine

/// `chown`: gives files another owner and group.
enum Chown: CommandModel {
    static let names = ["chown"]
    static let scope = Unknown.Scope.files
    static let leadingOperands = 1
    static let options: OptionTable? = OwnerChange.options

    static func run(_ call: inout Invocation) -> Outcome { OwnerChange.run(&call, isGroup: false) }
}
