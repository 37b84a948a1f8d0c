// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in break")
struct BreakBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = BreakBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"for i in 1 2; do echo $i; break; echo no; done; echo $?"#, #"1\#n0\#n"#),
        BuiltinRow(#"for i in 1 2; do for j in 1 2; do break 2; done; echo no; done; echo on"#, #"on\#n"#),
        BuiltinRow(#"break; echo on"#, #"on\#n"#),
        BuiltinRow(#"for i in 1; do break x; done 2>/dev/null; echo no"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"for i in 1; do break x; done 2>/dev/null; echo no"#, #""#, exit: 128, in: .bash),
        BuiltinRow(#"for i in 1 2; do break 0; echo in; done 2>/dev/null; echo $?"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"for i in 1 2; do break 0; echo in; done 2>/dev/null; echo $?"#, #"1\#n"#, in: .bash),
        BuiltinRow(#"for i in 1 2; do for j in 1 2; do break 9; done; echo no; done; echo on"#, #"on\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
