// SPDX-License-Identifier: Apache-2.0

/// `:` does nothing.
enum ColonBuiltin: ShellBuiltin {
    static let names = [":"]
    static let isSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
