// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in local")
struct LocalBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = LocalBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"f() { local x=in; echo $x; }; x=out; f; echo $x"#, #"in\#nout\#n"#),
        BuiltinRow(#"local x=1 2>/dev/null; echo on"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"local x=1 2>/dev/null; echo on"#, #"on\#n"#, in: .bash),
        BuiltinRow(#"f() { local x; x=in; }; x=out; f; echo $x"#, #"out\#n"#),
        BuiltinRow(#"f() { g; echo $x; }; g() { local x=g; }; x=out; f"#, #"out\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
