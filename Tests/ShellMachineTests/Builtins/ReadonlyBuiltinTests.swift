// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in readonly")
struct ReadonlyBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = ReadonlyBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"readonly x=1; x=2; echo no"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"readonly x=1; x=2; echo no"#, #""#, exit: 1, in: .bash),
        BuiltinRow(#"readonly x=1; echo $x; unset x 2>/dev/null; echo on"#, #"1\#n"#, exit: 2, in: .dash),
        BuiltinRow(#"readonly x=1; echo $x; unset x 2>/dev/null; echo on"#, #"1\#non\#n"#, in: .bash),
        BuiltinRow(#"readonly x; echo ${x-unset}"#, #"unset\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
