// SPDX-License-Identifier: Apache-2.0

/// `exit` ends the shell.
enum ExitBuiltin: ShellBuiltin {
    static let names = ["exit"]
    static let isSpecial = true
    static let keepsStatus = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        _ = Leaving.setStatus(words, in: machine)
        return .exited
    }
}
