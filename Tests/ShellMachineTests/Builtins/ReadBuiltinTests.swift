// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in read")
struct ReadBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = ReadBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"echo "a b c" | { read x y; echo "$x,$y"; }"#, #"a,b c\#n"#),
        BuiltinRow(#"printf "%s\n" "a\\b" | { read -r x; printf "%s\n" "$x"; }"#, #"a\b\#n"#),
        BuiltinRow(#"printf a | { read x; echo $? $x; }"#, #"1 a\#n"#),
        BuiltinRow(#"echo a:b | { IFS=: read x y; echo $y; }"#, #"b\#n"#),
        BuiltinRow(#"echo x | { read 1 2>/dev/null; echo $?; }"#, #"2\#n"#, in: .dash),
        BuiltinRow(#"echo x | { read 1 2>/dev/null; echo $?; }"#, #"1\#n"#, in: .bash),
        BuiltinRow(#"read x </dev/null; echo $?"#, #"1\#n"#),
        BuiltinRow(#"read -ra a <<< 'a b'; echo ${a[1]}"#, #"b\#n"#, in: .bash),
        BuiltinRow(#"read -d: x <<< a:b; echo $x"#, #"a\#n"#, in: .bash),
        BuiltinRow(#"echo ' a  b ' | { read x; echo "[$x]"; }"#, #"[a  b]\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
