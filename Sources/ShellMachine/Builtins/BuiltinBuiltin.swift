// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `builtin` runs a built-in past the functions.
enum BuiltinBuiltin: ShellBuiltin {
    static let names = ["builtin"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        CommandSearch.run(words, in: machine)
    }
}
