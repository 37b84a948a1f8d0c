// SPDX-License-Identifier: Apache-2.0

/// `false` fails.
enum FalseBuiltin: ShellBuiltin {
    static let names = ["false"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        machine.status = .code(1)
        return .normal
    }
}
