// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `bind` changes nothing that is followed.
enum BindBuiltin: ShellBuiltin {
    static let names = ["bind"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
