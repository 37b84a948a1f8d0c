// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellSyntax

/// `caller` tells which line called a function, which is not followed; where none is, it fails.
enum CallerBuiltin: ShellBuiltin {
    static let names = ["caller"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        guard machine.control.functionDepth > 0 || machine.control.sourceDepth > 0 else {
            machine.status = .code(1)
            return .normal
        }
        machine.status = machine.unknownCommand("what caller prints is not followed", .output)
        return .normal
    }
}
