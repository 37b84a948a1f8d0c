// SPDX-License-Identifier: Apache-2.0

import ShellMachine

extension Invocation {
    /// Says that there is an operand too many, as the tools do.
    mutating func extraOperand(_ operand: String) -> Outcome {
        if isBusybox { return missingOperand() }
        err("\(name): extra operand '\(operand)'\nTry '\(name) --help' for more information.\n")
        return .code(1)
    }
}
