// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("NoEmptyContinuation")
struct NoEmptyContinuationTests {
    static let rows: [RuleRow] = [
        RuleRow("several empty lines, once", "FROM a\nRUN x \\\n\n\n▶ y"),
        RuleRow("a comment in between", "FROM a\nRUN x \\\n# c\n y"),
        RuleRow("the end of the file behind a backslash", "FROM a\nRUN x \\"),
        RuleRow("blanks alone are empty", "FROM a\nRUN x \\\n  \n▶ y"),
        RuleRow("another escape character", "# escape=`\nFROM a\nRUN x `\n\n▶ y"),
        RuleRow("an empty line in a here-document", "FROM a\nRUN <<E\n\nx\nE"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(NoEmptyContinuation.self) }
}
