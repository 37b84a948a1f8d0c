// SPDX-License-Identifier: Apache-2.0
//
// Source: signal(7) for x86; POSIX.1-2017, trap.

import ShellSyntax

/// The names of signals as `trap` and `kill` take them.
enum Signals {
    private static let names = [
        "EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
        "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
        "PROF", "WINCH", "IO", "PWR", "SYS",
    ]

    /// The name of what a word means; nil when it means no signal. dash knows no `SIG` before a name.
    static func name(_ word: String, _ dialect: ShellDialect) -> String? {
        if let number = Int(word) { return names.indices.contains(number) ? names[number] : nil }
        var name = word.uppercased()
        if dialect != .dash, name.hasPrefix("SIG") { name = String(name.dropFirst(3)) }
        if dialect == .bash, ["ERR", "DEBUG", "RETURN"].contains(name) { return name }
        return names.contains(name) ? name : nil
    }

    /// The number of a name; 64 and more for what bash has besides.
    static func number(_ name: String) -> Int { names.firstIndex(of: name) ?? 64 }
}
