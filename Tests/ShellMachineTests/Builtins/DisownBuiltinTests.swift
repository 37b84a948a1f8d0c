// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in disown")
struct DisownBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = DisownBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"type disown"#, #"disown is a shell builtin\#n"#, in: .bash)
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
