// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellMachine

/// One of the names of `grep`: they differ in the kind of pattern that they start with.
protocol GrepProgram: CommandModel {
    static var kind: GrepPattern.Kind { get }
}

extension GrepProgram {
    static var scope: Unknown.Scope { .output }
    static var options: OptionTable? { GrepOptions.table }
    static var usageExit: Int { 2 }

    static func refuse(_ problem: ParsedOptions.Problem, _ call: inout Invocation) -> Outcome {
        GrepOptions.refuse(problem, &call)
    }

    static func run(_ call: inout Invocation) -> Outcome { GrepSearch.run(kind, &call) }
}
