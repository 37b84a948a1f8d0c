// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `type` says what a name means.
enum TypeBuiltin: ShellBuiltin {
    static let names = ["type"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        CommandSearch.describe(words.dropFirst().map(\.string), isType: true, in: machine)
        return .normal
    }
}
