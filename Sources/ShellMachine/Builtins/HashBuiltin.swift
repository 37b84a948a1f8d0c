// SPDX-License-Identifier: Apache-2.0

/// `hash` changes nothing that is followed.
enum HashBuiltin: ShellBuiltin {
    static let names = ["hash"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
