// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in eval")
struct EvalBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = EvalBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"eval "x=1; echo \$x"; echo $x"#, #"1\#n1\#n"#),
        BuiltinRow(#"eval; echo $?"#, #"0\#n"#),
        BuiltinRow(#"eval false; echo $?"#, #"1\#n"#),
        BuiltinRow(#"f() { eval return 3; echo no; }; f; echo $?"#, #"3\#n"#),
        BuiltinRow(#"x=y; eval "$x=2"; echo $y"#, #"2\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
