// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in .")
struct DotBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = DotBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(
            #"echo 'echo $x; y=2' >/tmp/seaworthy-dot; x=1; . /tmp/seaworthy-dot; echo $y; rm /tmp/seaworthy-dot"#,
            #"1\#n2\#n"#
        ),
        BuiltinRow(#". /nonexistent 2>/dev/null; echo on"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#". /nonexistent 2>/dev/null; echo on"#, #"on\#n"#, in: .bash),
        BuiltinRow(
            #"echo return 3 >/tmp/seaworthy-dot; . /tmp/seaworthy-dot; echo $?; rm /tmp/seaworthy-dot"#,
            #"3\#n"#
        ),
        BuiltinRow(#".; echo $?"#, #"0\#n"#, in: .dash),
        BuiltinRow(#".; echo $?"#, #"2\#n"#, in: .bash),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
