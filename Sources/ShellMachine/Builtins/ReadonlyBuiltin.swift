// SPDX-License-Identifier: Apache-2.0

/// `readonly` makes variables unchangeable.
enum ReadonlyBuiltin: ShellBuiltin {
    static let names = ["readonly"]
    static let isSpecial = true
    static let isDeclaring = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        var declaration = Declaration("readonly", isReadOnly: true, in: machine)
        return declaration.run(words.dropFirst())
    }
}
