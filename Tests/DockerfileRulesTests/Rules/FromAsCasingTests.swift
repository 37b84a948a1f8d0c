// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("FromAsCasing")
struct FromAsCasingTests {
    static let rows: [RuleRow] = [
        RuleRow("mixed letters of AS", "▶FROM a As b"),
        RuleRow("mixed letters of FROM", "From a as b"),
        RuleRow("no AS", "from a"),
        RuleRow("in the second stage", "FROM a AS b\n▶FROM b as c"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(FromAsCasing.self) }
}
