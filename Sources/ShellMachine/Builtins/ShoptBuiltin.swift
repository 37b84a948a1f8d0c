// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellSyntax

/// `shopt` sets options of bash.
enum ShoptBuiltin: ShellBuiltin {
    static let names = ["shopt"]
    static let dialects: Set<ShellDialect> = [.bash]

    /// Options without which most scripts do the same.
    private static let followedAnyway: Set<String> = [
        "extglob", "globstar", "lastpipe", "expand_aliases", "inherit_errexit",
    ]
    private static let changing: Set<String> = [
        "failglob", "nocaseglob", "nocasematch", "xpg_echo", "localvar_inherit", "assoc_expand_once",
    ]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        let words = words.dropFirst().map(\.string)
        let isOn = words.contains("-s")
        for word in words {
            if word == "nullglob" { machine.shell.options.nullGlob = isOn }
            if word == "dotglob" { machine.shell.options.dotGlob = isOn }
            guard isOn else { continue }
            if followedAnyway.contains(word) { machine.world.note("shopt \(word) is not followed", .output) }
            // What such an option changes would be carried out as if it were not set.
            if changing.contains(word) { machine.stop("shopt \(word) is not followed, and it changes what follows") }
        }
        return .normal
    }
}
