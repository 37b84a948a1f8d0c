// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// `alias`: what it sets is not followed.
enum AliasBuiltin: ShellBuiltin {
    static let names = ["alias"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        if words.count > 1 { machine.world.note("aliases are not followed", .output) }
        return .normal
    }
}
