// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `jobs` changes nothing that is followed.
enum JobsBuiltin: ShellBuiltin {
    static let names = ["jobs"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
