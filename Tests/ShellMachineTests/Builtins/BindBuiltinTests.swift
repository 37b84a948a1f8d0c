// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in bind")
struct BindBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = BindBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"type bind"#, #"bind is a shell builtin\#n"#, in: .bash),
        BuiltinRow(#"command -v bind"#, #"bind\#n"#, in: .bash),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
