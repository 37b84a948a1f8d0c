// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in type")
struct TypeBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = TypeBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"type cd"#, #"cd is a shell builtin\#n"#),
        BuiltinRow(#"type if"#, #"if is a shell keyword\#n"#),
        BuiltinRow(#"f() { :; }; type f >/dev/null; echo $?"#, #"0\#n"#),
        BuiltinRow(#"type nonexistent 2>/dev/null; echo $?"#, #"nonexistent: not found\#n127\#n"#, in: .dash),
        BuiltinRow(#"type nonexistent 2>/dev/null; echo $?"#, #"1\#n"#, in: .bash),
        BuiltinRow(#"type export"#, #"export is a special shell builtin\#n"#, in: .dash),
        BuiltinRow(#"type export"#, #"export is a shell builtin\#n"#, in: .bash),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
