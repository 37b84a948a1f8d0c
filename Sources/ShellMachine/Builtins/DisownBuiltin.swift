// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `disown` changes nothing that is followed.
enum DisownBuiltin: ShellBuiltin {
    static let names = ["disown"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
