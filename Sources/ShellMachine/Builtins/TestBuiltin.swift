// SPDX-License-Identifier: Apache-2.0

/// `test`: the program's model, in the shell's own manners.
enum TestBuiltin: ShellBuiltin {
    static let names = ["test", "["]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        machine.runModelled(words)
    }
}
