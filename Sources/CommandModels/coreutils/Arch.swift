// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, arch.

import Diagnostics
import ShellMachine

/// `arch`: the architecture.
enum Arch: CommandModel {
    static let names = ["arch"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.out(call.world.machine + "\n")
        return .success
    }
}
