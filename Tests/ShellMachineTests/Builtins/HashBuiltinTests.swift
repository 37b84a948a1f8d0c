// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in hash")
struct HashBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = HashBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"hash; echo $?"#, #"0\#n"#, in: .dash),
        BuiltinRow(#"hash -r; echo $?"#, #"0\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
