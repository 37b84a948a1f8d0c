// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("npx")
struct NpxTests {
    static let rows: [ModelRow] = [
        ModelRow("a program", "npx tsc", exit: nil, unknown: ["npx runs a program that is not followed"]),
        ModelRow("no words", "npx", exit: nil, unknown: ["npx runs a program that is not followed"]),
    ]

    @Test("follows nothing", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
