// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `let` evaluates arithmetic.
enum LetBuiltin: ShellBuiltin {
    static let names = ["let"]
    static let dialects: Set<ShellDialect> = [.ash, .bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        var last = 0
        for word in words.dropFirst() {
            switch machine.arithmetic([.literal(word.bytes, quoted: true)]) {
            case .value(let value): last = value
            case .unknown:
                machine.status = .unknown
                return .normal
            case .failed:
                machine.status = .code(1)
                return .normal
            }
        }
        machine.status = .code(last == 0 ? 1 : 0)
        return .normal
    }
}
