// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("JSONArgsRecommended")
struct JSONArgsRecommendedTests {
    static let rows: [RuleRow] = [
        RuleRow("a broken array is text", "FROM a\n▶CMD [\"x\""),
        RuleRow("single quotes are text", "FROM a\n▶CMD ['x']"),
        RuleRow("the shell of the stage below", "FROM a AS b\nSHELL [\"x\"]\nFROM b\nCMD x"),
        RuleRow("the shell of another stage", "FROM a\nSHELL [\"x\"]\nFROM a\n▶CMD x"),
        RuleRow("a shell that comes later", "FROM a\n▶CMD x\nSHELL [\"x\"]"),
        RuleRow("a health check", "FROM a\nHEALTHCHECK CMD x"),
        RuleRow("a trigger", "FROM a\nONBUILD CMD x"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(JSONArgsRecommended.self) }
}
