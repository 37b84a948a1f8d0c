// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("LegacyKeyValueFormat")
struct LegacyKeyValueFormatTests {
    static let rows: [RuleRow] = [
        RuleRow("an equals sign in the value", "FROM a\n▶ENV A b=c"),
        RuleRow("a tab", "FROM a\n▶ENV A\tb"),
        RuleRow("an empty value", "FROM a\nENV A="),
        RuleRow("pairs on several lines", "FROM a\nENV A=b \\\n  C=d"),
        RuleRow("a name alone is an error of its own", "FROM a\nENV A"),
        RuleRow("the trigger of an ONBUILD", "FROM a\nONBUILD ENV A b"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(LegacyKeyValueFormat.self) }
}
