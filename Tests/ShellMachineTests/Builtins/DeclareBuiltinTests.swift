// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in declare")
struct DeclareBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = DeclareBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"declare x=1 y; echo $x ${y-unset}"#, #"1 unset\#n"#, in: .bash),
        BuiltinRow(#"f() { declare x=in; }; x=out; f; echo $x"#, #"out\#n"#, in: .bash),
        BuiltinRow(#"declare -x e=1; sh -c 'echo $e'"#, #"1\#n"#, in: .bash),
        BuiltinRow(#"declare -r r=1; r=2; echo no"#, #""#, exit: 1, in: .bash),
        BuiltinRow(#"declare -a a; a[2]=c; echo ${a[2]}"#, #"c\#n"#, in: .bash),
        BuiltinRow(#"f() { declare -g x=in; }; x=out; f; echo $x"#, #"in\#n"#, in: .bash),
        BuiltinRow(#"typeset x=2; echo $x"#, #"2\#n"#, in: .bash),
        BuiltinRow(#"declare x=a; declare x+=b; echo $x"#, #"ab\#n"#, in: .bash),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
