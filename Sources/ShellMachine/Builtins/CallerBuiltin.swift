// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `caller` changes nothing that is followed.
enum CallerBuiltin: ShellBuiltin {
    static let names = ["caller"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        .normal
    }
}
