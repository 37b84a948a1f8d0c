// SPDX-License-Identifier: Apache-2.0

/// `command` runs a command past the functions, or says what a name means.
enum CommandBuiltin: ShellBuiltin {
    static let names = ["command"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        CommandSearch.run(words, in: machine)
    }
}
