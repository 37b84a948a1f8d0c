// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("StageNameCasing")
struct StageNameCasingTests {
    static let rows: [RuleRow] = [
        RuleRow("one capital at the end", "▶FROM a AS buiLD"),
        RuleRow("digits and signs", "FROM a AS b-1.2_3"),
        RuleRow("capitals of the image", "FROM A/b AS c"),
        RuleRow("two stages", "▶FROM a AS B\n▶FROM a AS C"),
        RuleRow("no name", "FROM a"),
        RuleRow("a stage that is not needed", "▶FROM a AS B\nFROM c"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(StageNameCasing.self) }
}
