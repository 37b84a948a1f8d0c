// SPDX-License-Identifier: Apache-2.0

import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in mapfile")
struct MapfileBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = MapfileBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"mapfile -t l <<< $'1\n2'; echo ${#l[@]} ${l[1]}"#, #"2 2\#n"#, in: .bash),
        BuiltinRow(#"readarray -t r <<< a; echo ${r[0]}"#, #"a\#n"#, in: .bash),
        BuiltinRow(#"mapfile <<< x; echo ${#MAPFILE[@]}"#, #"1\#n"#, in: .bash),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
