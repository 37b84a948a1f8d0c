// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `test`: the program's model, in the shell's own manners.
enum TestBuiltin: ShellBuiltin {
    static let names = ["test", "["]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        machine.runModelled(words)
    }
}
