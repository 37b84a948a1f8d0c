// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in getopts")
struct GetoptsBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = GetoptsBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(
            #"set -- -a -bx y; while getopts ab: o; do echo $o $OPTARG; done; echo $OPTIND"#,
            #"a\#nb x\#n3\#n"#
        ),
        BuiltinRow(#"getopts a o -z 2>/dev/null; echo $o $?"#, #"? 0\#n"#),
        BuiltinRow(#"getopts :a o -z; echo $o $OPTARG"#, #"? z\#n"#),
        BuiltinRow(#"getopts :a: o -a; echo $o $OPTARG"#, #": a\#n"#),
        BuiltinRow(#"getopts a o x; echo $? $o"#, #"1 ?\#n"#),
        BuiltinRow(#"getopts 2>/dev/null; echo $?"#, #"2\#n"#),
        BuiltinRow(#"getopts a o -- -a; echo $? $OPTIND"#, #"1 2\#n"#),
        BuiltinRow(#"getopts a: o -a v; echo $o $OPTARG $OPTIND"#, #"a v 3\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
