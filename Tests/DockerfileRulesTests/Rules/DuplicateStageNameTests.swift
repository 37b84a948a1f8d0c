// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("DuplicateStageName")
struct DuplicateStageNameTests {
    static let rows: [RuleRow] = [
        RuleRow("in another casing", "FROM a AS b\n▶FROM c AS B"),
        RuleRow("three times", "FROM a AS b\n▶FROM a AS b\n▶FROM a AS b"),
        RuleRow("two without a name", "FROM a\nFROM a"),
        RuleRow("the name of an image", "FROM a AS a\nFROM a AS c"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(DuplicateStageName.self) }
}
