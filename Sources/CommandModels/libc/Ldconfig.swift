// SPDX-License-Identifier: Apache-2.0
//
// Source: glibc 2.36, ldconfig(8).

import Diagnostics
import ShellMachine

/// `ldconfig`: keeps a cache that no check looks at.
enum Ldconfig: CommandModel {
    static let names = ["ldconfig"]
    static let home = ProgramHome.sbin
    static let scope = Unknown.Scope.files
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        .success
    }
}
