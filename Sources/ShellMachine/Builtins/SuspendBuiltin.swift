// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `suspend` changes nothing that is followed.
enum SuspendBuiltin: ShellBuiltin {
    static let names = ["suspend"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
