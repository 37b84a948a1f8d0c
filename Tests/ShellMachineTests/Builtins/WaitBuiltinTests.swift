// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in wait")
struct WaitBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = WaitBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"true & wait; echo $?"#, #"0\#n"#),
        BuiltinRow(#"(exit 3) & wait $!; echo $?"#, #"3\#n"#),
        BuiltinRow(#"wait 99999 2>/dev/null; echo $?"#, #"127\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
