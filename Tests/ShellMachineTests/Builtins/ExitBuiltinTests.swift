// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in exit")
struct ExitBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = ExitBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"exit 3; echo no"#, #""#, exit: 3),
        BuiltinRow(#"false; exit"#, #""#, exit: 1),
        BuiltinRow(#"exit 256"#, #""#),
        BuiltinRow(#"(exit 5); echo $?"#, #"5\#n"#),
        BuiltinRow(#"exit x 2>/dev/null; echo no"#, #""#, exit: 2),
        BuiltinRow(#"trap "echo bye" EXIT; exit 2"#, #"bye\#n"#, exit: 2),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
