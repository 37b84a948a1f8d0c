// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in pwd")
struct PwdBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = PwdBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"cd /tmp; pwd; pwd -P"#, #"/tmp\#n/tmp\#n"#),
        BuiltinRow(#"pwd"#, #"/\#n"#),
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
