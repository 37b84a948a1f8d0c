// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, dirname; GNU coreutils 9.1.

import Diagnostics
import ShellMachine

/// `dirname`: a path without its last part.
enum Dirname: CommandModel {
    static let names = ["dirname"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = OptionTable([.flag("z", "zero")], stopsAtOperand: true)

    static func run(_ call: inout Invocation) -> Outcome {
        guard !call.operands.isEmpty else { return call.missingOperand() }
        for text in call.operands {
            var view = text[...]
            while view.utf8.count > 1, view.hasSuffix("/") { view = view.dropLast() }
            if let slash = view.lastIndex(of: "/") {
                view = view[..<slash]
                while view.hasSuffix("/") { view = view.dropLast() }
                call.out((view.isEmpty ? "/" : String(view)) + "\n")
            } else {
                call.out(".\n")
            }
        }
        return .success
    }
}
