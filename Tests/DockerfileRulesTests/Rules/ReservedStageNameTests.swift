// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("ReservedStageName")
struct ReservedStageNameTests {
    static let rows: [RuleRow] = [
        RuleRow("in capitals", "▶FROM a AS SCRATCH"),
        RuleRow("a part of a longer name", "FROM a AS context-2"),
        RuleRow("as an image", "FROM scratch"),
        RuleRow("twice", "▶FROM a AS context\n▶FROM b AS context"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(ReservedStageName.self) }
}
