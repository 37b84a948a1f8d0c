// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in exec")
struct ExecBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = ExecBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"exec false; echo no"#, #""#, exit: 1),
        BuiltinRow(
            #"exec 3>/tmp/seaworthy-exec; echo a >&3; exec 3>&-; cat /tmp/seaworthy-exec; rm /tmp/seaworthy-exec"#,
            #"a\#n"#
        ),
        BuiltinRow(#"exec; echo $?"#, #"0\#n"#),
        BuiltinRow(#"(exec true; echo no); echo $?"#, #"0\#n"#),
        BuiltinRow(#"exec nonexistent 2>/dev/null; echo no"#, #""#, exit: 127),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
