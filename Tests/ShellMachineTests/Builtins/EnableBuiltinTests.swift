// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in enable")
struct EnableBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = EnableBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"type enable"#, #"enable is a shell builtin\#n"#, in: .bash)
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
