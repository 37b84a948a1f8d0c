// SPDX-License-Identifier: Apache-2.0

/// `unalias` changes nothing that is followed.
enum UnaliasBuiltin: ShellBuiltin {
    static let names = ["unalias"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
