// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, pwd.

import Diagnostics
import OCISpec
import ShellMachine

/// `pwd`: the working directory.
enum Pwd: CommandModel {
    static let names = ["pwd"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.out(call.world.workingDirectory.bytes + [0x0A])
        return .success
    }
}
