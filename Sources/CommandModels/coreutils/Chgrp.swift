// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, chgrp; BusyBox 1.36.

import Diagnostics
import ShellMachine

/// `chgrp`: gives files another group.
enum Chgrp: CommandModel {
    static let names = ["chgrp"]
    static let scope = Unknown.Scope.files
    static let leadingOperands = 1
    static let options: OptionTable? = OwnerChange.options

    static func run(_ call: inout Invocation) -> Outcome { OwnerChange.run(&call, isGroup: true) }
}
