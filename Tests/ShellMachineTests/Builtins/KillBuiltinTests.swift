// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in kill")
struct KillBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = KillBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"trap "echo usr" USR1; echo before; type kill"#, #"before\#nkill is a shell builtin\#n"#)
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
