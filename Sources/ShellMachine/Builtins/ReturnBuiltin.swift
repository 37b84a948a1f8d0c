// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `return` ends a function or a script that `.` reads.
enum ReturnBuiltin: ShellBuiltin {
    static let names = ["return"]
    static let isSpecial = true
    static let keepsStatus = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        let isNumber = Leaving.setStatus(words, in: machine)
        if !isNumber, machine.dialect != .bash { return .exited }
        let isInside = machine.control.functionDepth > 0 || machine.control.sourceDepth > 0
        if !isInside, machine.dialect == .bash {
            machine.shellError("return: can only `return' from a function or sourced script")
            machine.status = .code(2)
            return .normal
        }
        return isInside ? .returned : .exited
    }
}
