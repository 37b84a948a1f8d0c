// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in umask")
struct UmaskBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = UmaskBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"umask 027; umask"#, #"0027\#n"#),
        BuiltinRow(#"umask -S"#, #"u=rwx,g=rx,o=rx\#n"#),
        BuiltinRow(#"umask u=rwx,g=,o=; umask"#, #"0077\#n"#),
        BuiltinRow(#"umask 999 2>/dev/null; echo $?"#, #"2\#n"#, in: .dash),
        BuiltinRow(#"umask 999 2>/dev/null; echo $?"#, #"1\#n"#, in: .bash),
        BuiltinRow(#"umask x 2>/dev/null; echo $?"#, #"2\#n"#, in: .dash),
        BuiltinRow(#"umask x 2>/dev/null; echo $?"#, #"1\#n"#, in: .bash),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
