// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, expr; GNU coreutils 9.1.

import Diagnostics
import ShellMachine

/// `expr`: works out an expression.
enum Expr: CommandModel {
    static let names = ["expr"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        var reader = ExprReader(words: call.arguments)
        guard let result = reader.read() else {
            if reader.isUnknown { return call.unknown("this use of expr is not followed", .output) }
            call.err("expr: \(reader.message)\n")
            return .code(2)
        }
        call.out(result + "\n")
        return .code(result.isEmpty || result == "0" ? 1 : 0)
    }
}
