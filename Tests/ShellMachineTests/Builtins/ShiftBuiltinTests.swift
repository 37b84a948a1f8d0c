// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in shift")
struct ShiftBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = ShiftBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"set -- a b c; shift; echo $1; shift 2; echo $#"#, #"b\#n0\#n"#),
        BuiltinRow(#"set -- a; shift 2 2>/dev/null; echo on"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"set -- a; shift 2 2>/dev/null; echo on"#, #"on\#n"#, in: .bash),
        BuiltinRow(#"set -- a b; shift 0; echo $#"#, #"2\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
