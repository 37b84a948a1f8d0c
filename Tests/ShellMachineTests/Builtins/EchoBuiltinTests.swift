// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in echo")
struct EchoBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = EchoBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"echo a b; echo; echo -n c; echo "a  b""#, #"a b\#n\#nca  b\#n"#)
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
