// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// The names that the shells carry out themselves.
enum ShellBuiltins {
    /// Those whose failure ends the shell and whose assignments stay.
    static let special: Set<String> = [
        ":", ".", "break", "continue", "eval", "exec", "exit", "export", "readonly", "return", "set", "shift", "times",
        "trap",
        "unset", "source",
    ]

    /// Those that dash's `type` calls special.
    static let namedSpecial = special.union(["local"])

    /// Those that set the variables which stand before them.
    static let declaring: Set<String> = ["export", "readonly", "local", "declare", "typeset"]

    static let common: Set<String> = special.union([
        "alias", "cd", "command", "echo", "false", "getopts", "hash", "jobs", "kill", "local", "printf", "pwd", "read",
        "test",
        "[", "true", "type", "ulimit", "umask", "unalias", "wait",
    ])

    static let bashOnly: Set<String> = [
        "builtin", "declare", "dirs", "disown", "enable", "let", "mapfile", "popd", "pushd", "readarray", "shopt",
        "typeset",
        "help", "suspend", "caller", "bind", "complete",
    ]

    /// Whether a dialect has a builtin of that name.
    static func has(_ name: String, _ dialect: ShellDialect) -> Bool {
        switch name {
        case "source": dialect != .dash
        case "let": dialect != .dash
        default: common.contains(name) || (dialect == .bash && bashOnly.contains(name))
        }
    }
}
