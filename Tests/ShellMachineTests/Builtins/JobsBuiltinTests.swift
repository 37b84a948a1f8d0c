// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in jobs")
struct JobsBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = JobsBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"jobs; echo $?"#, #"0\#n"#)
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
