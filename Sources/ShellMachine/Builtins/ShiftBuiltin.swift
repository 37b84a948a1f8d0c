// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `shift` drops positional parameters.
enum ShiftBuiltin: ShellBuiltin {
    static let names = ["shift"]
    static let isSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        let count = words.dropFirst().first.map { Int($0.string) } ?? 1
        guard let count, count >= 0, count <= machine.shell.positional.count else {
            if machine.dialect != .bash {
                machine.shellError("shift: can't shift that many")
                machine.status = .code(2)
                return .exited
            }
            machine.status = .code(1)
            return .normal
        }
        machine.shell.positional.removeFirst(count)
        return .normal
    }
}
