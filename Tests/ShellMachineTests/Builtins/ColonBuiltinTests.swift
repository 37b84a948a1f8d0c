// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in :")
struct ColonBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = ColonBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#": a b; echo $?"#, #"0\#n"#),
        BuiltinRow(#"x=1 :; echo $x"#, #"1\#n"#, in: .dash),
        BuiltinRow(#"x=1 :; echo $x"#, #"\#n"#, in: .bash),
        BuiltinRow(#"false; :; echo $?"#, #"0\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
