// SPDX-License-Identifier: Apache-2.0
//
// Source: gosu 1.16.

import Diagnostics
import ShellMachine

/// `gosu`: runs a program as another user.
enum Gosu: CommandModel {
    static let names = ["gosu"]
    static let scope = Unknown.Scope.filesystem
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        StepDown.run(&call)
    }
}
