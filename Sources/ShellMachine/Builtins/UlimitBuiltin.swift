// SPDX-License-Identifier: Apache-2.0

/// `ulimit` changes nothing that is followed.
enum UlimitBuiltin: ShellBuiltin {
    static let names = ["ulimit"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
