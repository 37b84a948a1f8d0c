// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in alias")
struct AliasBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = AliasBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"alias; echo $?"#, #"0\#n"#),
        BuiltinRow(#"type alias"#, #"alias is a shell builtin\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
