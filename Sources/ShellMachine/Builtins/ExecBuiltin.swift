// SPDX-License-Identifier: Apache-2.0

/// `exec` runs a program in the shell's place; its redirections stay, which `runSimple` sees to.
enum ExecBuiltin: ShellBuiltin {
    static let names = ["exec"]
    static let isSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        machine.runExec(words, [])
    }
}
