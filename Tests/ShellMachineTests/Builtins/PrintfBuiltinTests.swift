// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in printf")
struct PrintfBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = PrintfBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"printf "%s-%d\n" a 1 b 2"#, #"a-1\#nb-2\#n"#),
        BuiltinRow(#"printf "%5s|%-3s|\n" a b"#, #"    a|b  |\#n"#),
        BuiltinRow(#"printf "\\n"; printf "%s\n""#, #"\#n\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
