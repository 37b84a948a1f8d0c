// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellMachine

/// A program that changes accounts. Its steps end it by throwing an `Ending`, and what it does not know may touch any file.
protocol AccountProgram: CommandModel {
    /// Does what the words ask for.
    static func change(_ call: inout Invocation) throws(Ending) -> Outcome
}

extension AccountProgram {
    static var scope: Unknown.Scope { .filesystem }

    static func run(_ call: inout Invocation) -> Outcome {
        do throws(Ending) { return try change(&call) } catch { return error.outcome }
    }
}
