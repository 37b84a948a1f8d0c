// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, printenv.

import Diagnostics
import ShellMachine

/// `printenv`: the values of variables.
enum Printenv: CommandModel {
    static let names = ["printenv"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        let names = call.arguments.filter { !$0.hasPrefix("-") }
        guard !names.isEmpty else {
            Env.show(&call)
            return .success
        }
        var exit = 0
        for name in names {
            if let value = call.environment[name] {
                call.out(value.bytes + [0x0A], isUnknown: value.isUnknown)
            } else {
                exit = 1
            }
        }
        return .code(exit)
    }
}
