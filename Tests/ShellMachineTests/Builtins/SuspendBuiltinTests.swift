// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in suspend")
struct SuspendBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = SuspendBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"type suspend"#, #"suspend is a shell builtin\#n"#, in: .bash)
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
