// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in builtin")
struct BuiltinBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = BuiltinBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"echo() { :; }; builtin echo a"#, #"a\#n"#, in: .bash),
        BuiltinRow(#"builtin cd /tmp; pwd"#, #"/tmp\#n"#, in: .bash),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
