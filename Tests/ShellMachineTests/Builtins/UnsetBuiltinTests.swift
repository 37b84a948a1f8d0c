// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in unset")
struct UnsetBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = UnsetBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"x=1; unset x; echo ${x-unset}"#, #"unset\#n"#),
        BuiltinRow(#"f() { echo f; }; unset -f f; f 2>/dev/null; echo $?"#, #"127\#n"#),
        BuiltinRow(#"readonly r=1; unset r 2>/dev/null; echo on"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"readonly r=1; unset r 2>/dev/null; echo on"#, #"on\#n"#, in: .bash),
        BuiltinRow(#"x=1; unset -v x; echo ${x-unset}"#, #"unset\#n"#),
        BuiltinRow(#"unset; echo $?"#, #"0\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
