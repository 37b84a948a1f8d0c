// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in export")
struct ExportBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = ExportBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"export x=1; sh -c 'echo $x'"#, #"1\#n"#),
        BuiltinRow(#"x=1; export x; export -n x 2>/dev/null; echo on"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"x=1; export x; export -n x 2>/dev/null; echo on"#, #"on\#n"#, in: .bash),
        BuiltinRow(#"export x=~ y; echo $x ${y-unset}"#, #"/root unset\#n"#),
        BuiltinRow(#"export 1=2 2>/dev/null; echo on"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"export 1=2 2>/dev/null; echo on"#, #"on\#n"#, in: .bash),
        BuiltinRow(#"v="a b"; export x=$v; echo "$x""#, #"a b\#n"#),
        BuiltinRow(#"export -p | grep -c PATH= >/dev/null; echo $?"#, #"0\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
