// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in true")
struct TrueBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = TrueBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"true; echo $?"#, #"0\#n"#),
        BuiltinRow(#"true a b && echo yes"#, #"yes\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
