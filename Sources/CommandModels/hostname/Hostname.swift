// SPDX-License-Identifier: Apache-2.0
//
// Source: hostname 3.23.

import Diagnostics
import ShellMachine

/// `hostname`: the name of the machine that builds.
enum Hostname: CommandModel {
    static let names = ["hostname"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.out("buildkitsandbox\n")
        return .success
    }
}
