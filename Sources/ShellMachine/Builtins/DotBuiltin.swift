// SPDX-License-Identifier: Apache-2.0

/// `.` runs a file in the shell at hand.
enum DotBuiltin: ShellBuiltin {
    static let names = ["."]
    static let isSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        SourcedScript.run(words, in: machine)
    }
}
