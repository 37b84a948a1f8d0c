// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `help` changes nothing that is followed.
enum HelpBuiltin: ShellBuiltin {
    static let names = ["help"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
