// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `source` is another name of `.`.
enum SourceBuiltin: ShellBuiltin {
    static let names = ["source"]
    static let dialects: Set<ShellDialect> = [.ash, .bash]
    static let isSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        SourcedScript.run(words, in: machine)
    }
}
