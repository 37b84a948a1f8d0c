// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("UndefinedArgInFrom")
struct UndefinedArgInFromTests {
    static let rows: [RuleRow] = [
        RuleRow("in the platform", "▶FROM --platform=$NOPE a"),
        RuleRow("declared without a value", "ARG A\nFROM b:$A"),
        RuleRow("declared below", "▶FROM a:$B\nARG B=1"),
        RuleRow("declared in the stage before", "FROM a\nARG B=1\n▶FROM a:$B"),
        RuleRow("a fallback", "FROM a:${B:-c}"),
        RuleRow("escaped", "FROM a:\\$B"),
        RuleRow("a brace that stays open is an error of its own", "FROM a:${B"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(UndefinedArgInFrom.self) }
}
