// SPDX-License-Identifier: Apache-2.0

/// `printf`: the program's model, in the shell's own manners.
enum PrintfBuiltin: ShellBuiltin {
    static let names = ["printf"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        machine.runModelled(words)
    }
}
