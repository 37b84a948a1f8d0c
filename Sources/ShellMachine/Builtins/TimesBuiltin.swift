// SPDX-License-Identifier: Apache-2.0

/// `times` changes nothing that is followed.
enum TimesBuiltin: ShellBuiltin {
    static let names = ["times"]
    static let isSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
