// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellMachine

/// Carries a program's end out of the steps of its work.
struct Ending: Error {
    let outcome: Outcome
}

extension Invocation {
    /// The end of a program that says why: `name: message` on standard error.
    mutating func ending(_ message: String, code: Int = 1, reason: CommandFailure? = nil) -> Ending {
        Ending(outcome: fail(message, code: code, reason: reason))
    }

    /// The end of a program that cannot be followed.
    mutating func unknownEnding(_ reason: String, _ scope: Unknown.Scope) -> Ending {
        Ending(outcome: unknown(reason, scope))
    }
}
