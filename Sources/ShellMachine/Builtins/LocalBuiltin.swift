// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellSyntax

/// `local` hides variables until the function ends.
enum LocalBuiltin: ShellBuiltin {
    static let names = ["local"]
    static let isDeclaring = true
    static let isCalledSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        var declaration = Declaration("local", isLocal: true, in: machine)
        guard machine.dialect == .bash, words.dropFirst().contains(where: { $0.string == "-" }) else {
            return declaration.run(words.dropFirst())
        }
        // The options of `set` would be what they were when the function ends.
        machine.world.note("local - is not followed", .output)
        machine.world.doubtOutput()
        return declaration.run(words.dropFirst().filter { $0.string != "-" }[...])
    }
}
