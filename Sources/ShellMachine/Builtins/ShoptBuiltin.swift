// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `shopt` sets options of bash.
enum ShoptBuiltin: ShellBuiltin {
    static let names = ["shopt"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        let words = words.dropFirst().map(\.string)
        let isOn = words.contains("-s")
        for word in words {
            if word == "nullglob" { machine.shell.options.nullGlob = isOn }
            if word == "dotglob" { machine.shell.options.dotGlob = isOn }
            if ["extglob", "globstar", "lastpipe", "expand_aliases"].contains(word), isOn {
                machine.world.note("shopt \(word) is not followed", .output)
            }
        }
        return .normal
    }
}
