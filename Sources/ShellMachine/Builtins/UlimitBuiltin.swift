// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `ulimit` changes nothing that is followed.
enum UlimitBuiltin: ShellBuiltin {
    static let names = ["ulimit"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
