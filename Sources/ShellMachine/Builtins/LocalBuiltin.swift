// SPDX-License-Identifier: Apache-2.0


/// `local` hides variables until the function ends.
enum LocalBuiltin: ShellBuiltin {
    static let names = ["local"]
    static let isDeclaring = true
    static let isCalledSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        var declaration = Declaration("local", isLocal: true, in: machine)
        return declaration.run(words.dropFirst())
    }
}
