// SPDX-License-Identifier: Apache-2.0

/// `export` hands variables on to programs.
enum ExportBuiltin: ShellBuiltin {
    static let names = ["export"]
    static let isSpecial = true
    static let isDeclaring = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        var declaration = Declaration("export", exports: true, in: machine)
        return declaration.run(words.dropFirst())
    }
}
