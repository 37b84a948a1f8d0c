// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in cd")
struct CdBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = CdBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"cd /tmp; pwd; echo $PWD $OLDPWD"#, #"/tmp\#n/tmp /\#n"#),
        BuiltinRow(#"cd /tmp; cd -; pwd"#, #"/\#n/\#n"#),
        BuiltinRow(#"cd /nonexistent 2>/dev/null; echo $?"#, #"2\#n"#, in: .dash),
        BuiltinRow(#"cd /nonexistent 2>/dev/null; echo $?"#, #"1\#n"#, in: .bash),
        BuiltinRow(#"cd /tmp; cd ..; pwd"#, #"/\#n"#),
        BuiltinRow(#"cd /etc/passwd 2>/dev/null; echo $?"#, #"2\#n"#, in: .dash),
        BuiltinRow(#"cd /etc/passwd 2>/dev/null; echo $?"#, #"1\#n"#, in: .bash),
        BuiltinRow(#"cd a b 2>/dev/null; echo $?"#, #"2\#n"#, in: .dash),
        BuiltinRow(#"cd a b 2>/dev/null; echo $?"#, #"1\#n"#, in: .bash),
        BuiltinRow(#"cd -z 2>/dev/null; echo $?"#, #"2\#n"#),
        BuiltinRow(#"cd ""; echo $?; pwd"#, #"0\#n/\#n"#),
        BuiltinRow(#"unset HOME; cd 2>/dev/null; echo $?"#, #"0\#n"#, in: .dash),
        BuiltinRow(#"unset HOME; cd 2>/dev/null; echo $?"#, #"1\#n"#, in: .bash),
        BuiltinRow(#"cd -- /tmp; pwd"#, #"/tmp\#n"#),
        BuiltinRow(#"cd -P /tmp; pwd"#, #"/tmp\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
