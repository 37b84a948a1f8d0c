// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `dirs` changes nothing that is followed.
enum DirsBuiltin: ShellBuiltin {
    static let names = ["dirs"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
