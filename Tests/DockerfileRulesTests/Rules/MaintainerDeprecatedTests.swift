// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("MaintainerDeprecated")
struct MaintainerDeprecatedTests {
    static let rows: [RuleRow] = [
        RuleRow("small letters", "FROM a\n▶maintainer x"),
        RuleRow("indented", "FROM a\n  ▶MAINTAINER x"),
        RuleRow("the word as an argument", "FROM a\nRUN echo MAINTAINER x"),
        RuleRow("without a name it is an error of its own", "FROM a\nMAINTAINER"),
        RuleRow("skipped in the comment above", "FROM a\n# check=skip=MaintainerDeprecated\nMAINTAINER x"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(MaintainerDeprecated.self) }
}
