// SPDX-License-Identifier: Apache-2.0
//
// Source: su-exec 0.2.

import Diagnostics
import ShellMachine

/// `su-exec`: runs a program as another user.
enum SuExec: CommandModel {
    static let names = ["su-exec"]
    static let scope = Unknown.Scope.filesystem
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        StepDown.run(&call)
    }
}
