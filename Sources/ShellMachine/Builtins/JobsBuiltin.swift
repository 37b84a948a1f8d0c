// SPDX-License-Identifier: Apache-2.0

/// `jobs` changes nothing that is followed.
enum JobsBuiltin: ShellBuiltin {
    static let names = ["jobs"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
