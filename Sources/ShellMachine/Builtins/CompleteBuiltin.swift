// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `complete` changes nothing that is followed.
enum CompleteBuiltin: ShellBuiltin {
    static let names = ["complete"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
