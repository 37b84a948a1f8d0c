// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in return")
struct ReturnBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = ReturnBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"f() { return 3; echo no; }; f; echo $?"#, #"3\#n"#),
        BuiltinRow(#"f() { false; return; }; f; echo $?"#, #"1\#n"#),
        BuiltinRow(#"f() { return x; echo no; }; f 2>/dev/null; echo on"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"f() { return x; echo no; }; f 2>/dev/null; echo on"#, #"on\#n"#, in: .bash),
        BuiltinRow(#"return 4 2>/dev/null; echo on"#, #""#, exit: 4, in: .dash),
        BuiltinRow(#"return 4 2>/dev/null; echo on"#, #"on\#n"#, in: .bash),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
