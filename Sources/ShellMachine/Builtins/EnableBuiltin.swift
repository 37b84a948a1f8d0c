// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `enable` changes nothing that is followed.
enum EnableBuiltin: ShellBuiltin {
    static let names = ["enable"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
