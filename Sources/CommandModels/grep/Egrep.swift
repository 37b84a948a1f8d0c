// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, grep; GNU grep 3.8.

import Diagnostics
import ShellMachine

/// `egrep`: `grep -E`.
enum Egrep: CommandModel {
    static let names = ["egrep"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = GrepOptions.table
    static let usageExit = 2

    static func refuse(_ problem: ParsedOptions.Problem, _ call: inout Invocation) -> Outcome {
        GrepOptions.refuse(problem, &call)
    }

    static func run(_ call: inout Invocation) -> Outcome { GrepSearch.run(.extended, &call) }
}
