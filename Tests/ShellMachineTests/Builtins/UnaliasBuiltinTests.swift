// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in unalias")
struct UnaliasBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = UnaliasBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"unalias -a; echo $?"#, #"0\#n"#)
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
