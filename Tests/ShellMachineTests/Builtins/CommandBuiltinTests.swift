// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in command")
struct CommandBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = CommandBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"echo() { :; }; command echo a"#, #"a\#n"#),
        BuiltinRow(#"command -v cd; command -v nonexistent; echo $?"#, #"cd\#n127\#n"#, in: .dash),
        BuiltinRow(#"command -v cd; command -v nonexistent; echo $?"#, #"cd\#n1\#n"#, in: .bash),
        BuiltinRow(#"command -V cd; f() { :; }; command -v f"#, #"cd is a shell builtin\#nf\#n"#),
        BuiltinRow(#"command; echo $?"#, #"0\#n"#),
        BuiltinRow(#"command exec false; echo no"#, #""#, exit: 1),
        BuiltinRow(#"command -v if"#, #"if\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
