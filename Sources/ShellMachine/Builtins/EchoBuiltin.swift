// SPDX-License-Identifier: Apache-2.0

/// `echo`: the program's model, in the shell's own manners.
enum EchoBuiltin: ShellBuiltin {
    static let names = ["echo"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        machine.runModelled(words)
    }
}
