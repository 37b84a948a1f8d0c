// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in source")
struct SourceBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = SourceBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(
            #"echo 'echo $1; x=2' >/tmp/seaworthy-source; source /tmp/seaworthy-source a; echo $x; rm /tmp/seaworthy-source"#,
            #"a\#n2\#n"#,
            in: .bash
        ),
        BuiltinRow(#"source /nonexistent 2>/dev/null; echo $?"#, #"1\#n"#, in: .bash),
        BuiltinRow(#"source /dev/null 2>/dev/null; echo $?"#, #"127\#n"#, in: .dash),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
