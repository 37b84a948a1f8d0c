// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in let")
struct LetBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = LetBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"let x=3+4; echo $x"#, #"7\#n"#, in: .bash),
        BuiltinRow(#"let x=0; echo $?"#, #"1\#n"#, in: .bash),
        BuiltinRow(#"let 1 0 2; echo $?"#, #"0\#n"#, in: .bash),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
