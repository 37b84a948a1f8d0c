// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, basename; GNU coreutils 9.1.

import Diagnostics
import ShellMachine

/// `basename`: the last part of a path.
enum Basename: CommandModel {
    static let names = ["basename"]
    static let scope = Unknown.Scope.output
    static let multiple = CommandOption.flag("a", "multiple")
    static let suffix = CommandOption.value("s", "suffix")
    static let options: OptionTable? = OptionTable([multiple, suffix, .flag("z", "zero")], stopsAtOperand: true)

    static func run(_ call: inout Invocation) -> Outcome {
        guard let first = call.operands.first else { return call.missingOperand() }
        let isMany = call.has(multiple) || call.has(suffix)
        if !isMany, call.operands.count > 2 {
            return call.fail("extra operand '\(call.operands[2])'\nTry 'basename --help' for more information.")
        }
        let suffix = call.value(suffix) ?? (isMany || call.operands.count < 2 ? "" : call.operands[1])
        for text in isMany ? call.operands : [first] {
            var name = lastPart(text)
            if !suffix.isEmpty, name.hasSuffix(suffix), name != suffix { name = String(name.dropLast(suffix.count)) }
            call.out(name + "\n")
        }
        return .success
    }

    private static func lastPart(_ text: String) -> String {
        var view = text[...]
        while view.utf8.count > 1, view.hasSuffix("/") { view = view.dropLast() }
        if view == "/" { return "/" }
        return view.split(separator: "/").last.map(String.init) ?? ""
    }
}
