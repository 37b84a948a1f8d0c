// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in continue")
struct ContinueBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = ContinueBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"for i in 1 2; do continue; echo no; done; echo $?"#, #"0\#n"#),
        BuiltinRow(#"for i in 1 2; do for j in 1 2; do continue 2; done; echo no; done; echo $i"#, #"2\#n"#),
        BuiltinRow(#"continue; echo on"#, #"on\#n"#),
        BuiltinRow(#"for i in 1; do continue x; done 2>/dev/null; echo no"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"for i in 1; do continue x; done 2>/dev/null; echo no"#, #""#, exit: 128, in: .bash),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
