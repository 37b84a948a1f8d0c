// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in ulimit")
struct UlimitBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = UlimitBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"ulimit -c 0; echo $?"#, #"0\#n"#)
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
