// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in trap")
struct TrapBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = TrapBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"trap "echo bye" EXIT; echo hi"#, #"hi\#nbye\#n"#),
        BuiltinRow(#"trap "echo bye" 0; trap; trap - 0; trap"#, #"trap -- 'echo bye' EXIT\#n"#),
        BuiltinRow(#"trap foo NOSUCH 2>/dev/null; echo $?"#, #"1\#n"#),
        BuiltinRow(#"trap -- "" INT; trap"#, #"trap -- '' INT\#n"#, in: .dash),
        BuiltinRow(#"trap -- "" INT; trap"#, #"trap -- '' SIGINT\#n"#, in: .bash),
        BuiltinRow(#"(trap "echo sub" EXIT); echo on"#, #"sub\#non\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
