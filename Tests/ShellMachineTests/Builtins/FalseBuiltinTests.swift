// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in false")
struct FalseBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = FalseBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"false; echo $?"#, #"1\#n"#),
        BuiltinRow(#"if false; then echo a; else echo b; fi"#, #"b\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
