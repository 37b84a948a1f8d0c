// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ShellMachine

@Suite("The built-in times")
struct TimesBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = TimesBuiltin.self

    static let rows: [BuiltinRow] = [
        BuiltinRow(#"times >/dev/null; echo $?"#, #"0\#n"#)
    ]

    @Test("does what the shells do", arguments: rows)
    func shells(row: BuiltinRow) { row.expect() }
}
