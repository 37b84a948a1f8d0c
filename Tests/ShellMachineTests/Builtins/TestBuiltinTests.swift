// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in test")
struct TestBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = TestBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"test a = a; echo $?; [ a = b ]; echo $?"#, #"0\#n1\#n"#),
        BuiltinRow(#"[ -d /tmp ] && echo d; test; echo $?"#, #"d\#n1\#n"#),
        BuiltinRow(#"[ 1 -lt 2 ] && echo lt; [ -n "" ]; echo $?"#, #"lt\#n1\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
