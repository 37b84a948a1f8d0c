// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("SecretsUsedInArgOrEnv")
struct SecretsUsedInArgOrEnvTests {
    static let rows: [RuleRow] = [
        RuleRow("a word inside a word", "FROM a\nENV MONKEY=1 TOKENS=2 AUTHOR=3"),
        RuleRow("small letters", "FROM a\n▶ARG db_password"),
        RuleRow("a file that holds it", "FROM a\nENV SECRET_FILE=/run/secrets/a"),
        RuleRow("before the first stage, where nothing is kept", "ARG TOKEN\nFROM a"),
        RuleRow("two in one line, twice", "FROM a\n▶▶ENV A_KEY=1 B_TOKEN=2"),
        RuleRow("an empty word", "FROM a\nENV __=1"),
        RuleRow("as a label", "FROM a\nLABEL token=x"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(SecretsUsedInArgOrEnv.self) }
}
