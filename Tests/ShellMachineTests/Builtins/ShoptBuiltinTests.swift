// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in shopt")
struct ShoptBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = ShoptBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"shopt -s nullglob; echo /nonexistent*x; echo on"#, #"\#non\#n"#, in: .bash),
        BuiltinRow(#"shopt -s dotglob; echo $?"#, #"0\#n"#, in: .bash),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
