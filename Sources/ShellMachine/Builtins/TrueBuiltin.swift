// SPDX-License-Identifier: Apache-2.0

/// `true` succeeds.
enum TrueBuiltin: ShellBuiltin {
    static let names = ["true"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
