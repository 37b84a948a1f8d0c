// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `declare` sets variables with their attributes; in a function they are local.
enum DeclareBuiltin: ShellBuiltin {
    static let names = ["declare", "typeset"]
    static let dialects: Set<ShellDialect> = [.bash]
    static let isDeclaring = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        let isLocal = machine.control.functionDepth > 0
        var declaration = Declaration(words.first?.string ?? "", isLocal: isLocal, in: machine)
        return declaration.run(words.dropFirst())
    }
}
