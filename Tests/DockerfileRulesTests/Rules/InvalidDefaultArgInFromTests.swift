// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("InvalidDefaultArgInFrom")
struct InvalidDefaultArgInFromTests {
    static let rows: [RuleRow] = [
        RuleRow("an empty tag", "ARG T\n▶FROM a:$T"),
        RuleRow("an empty folder", "ARG T\n▶FROM $T/a"),
        RuleRow("capitals", "ARG T=Big\n▶FROM $T"),
        RuleRow("capitals of a registry", "ARG T=Host.example\nFROM $T/a"),
        RuleRow("a port", "ARG T=localhost:5000\nFROM $T/a:b"),
        RuleRow("an empty digest", "ARG D\n▶FROM a@$D"),
        RuleRow("a tag of 128 letters", "FROM a:" + String(repeating: "x", count: 128)),
        RuleRow("a tag of 129 letters", "▶FROM a:" + String(repeating: "x", count: 129)),
        RuleRow("another stage", "FROM a AS b\nFROM b"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(InvalidDefaultArgInFrom.self) }
}
