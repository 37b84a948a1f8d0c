// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in set")
struct SetBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = SetBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"set -- a "b c"; echo $# $2"#, #"2 b c\#n"#),
        BuiltinRow(#"set a b; echo $1; set --; echo $#"#, #"a\#n0\#n"#),
        BuiltinRow(#"set -e; false; echo no"#, #""#, exit: 1),
        BuiltinRow(#"set -u; echo $nope; echo no"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"set -u; echo $nope; echo no"#, #""#, exit: 127, in: .bash),
        BuiltinRow(#"set +e -f; echo *"#, #"*\#n"#),
        BuiltinRow(#"set -o nonsense 2>/dev/null; echo on"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"set -o nonsense 2>/dev/null; echo on"#, #"on\#n"#, in: .bash),
        BuiltinRow(#"set -Z 2>/dev/null; echo on"#, #""#, exit: 2, in: .dash),
        BuiltinRow(#"set -Z 2>/dev/null; echo on"#, #"on\#n"#, in: .bash),
        BuiltinRow(#"set -f; set +f; echo /tm[p]"#, #"/tmp\#n"#),
        BuiltinRow(#"unset IFS; x="a'b"; set | grep ^x="#, #"x='a'"'"'b'\#n"#, in: .dash),
        BuiltinRow(#"unset IFS; x="a'b"; set | grep ^x="#, #"x='a'\''b'\#n"#, in: .bash),
        BuiltinRow(#"set -; echo $#"#, #"0\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
