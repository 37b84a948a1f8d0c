// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("CopyIgnoredFile")
struct CopyIgnoredFileTests {
    static let rows: [RuleRow] = [
        RuleRow("without an ignore file", "FROM a\nCOPY x /"),
        RuleRow("the whole context", "FROM a\n▶COPY . /", ignoreFile: "**"),
        RuleRow("a context of which a part is kept out", "FROM a\nCOPY . /", ignoreFile: "x"),
        RuleRow("a dot in front", "FROM a\n▶COPY ./x /", ignoreFile: "x"),
        RuleRow("a pattern that lets files back in", "FROM a\nCOPY x /", ignoreFile: "*\n!y"),
        RuleRow("another stage", "FROM a\nCOPY --from=b x /", ignoreFile: "x"),
        RuleRow("an address", "FROM a\nADD https://a.b/c /", ignoreFile: "**"),
        RuleRow("a here-document", "FROM a\nCOPY <<x /y\nx\nx", ignoreFile: "x"),
        RuleRow("ADD", "FROM a\n▶ADD x /", ignoreFile: "x"),
        RuleRow("a name of nothing", "FROM a\nCOPY ${N} /", ignoreFile: "*"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(CopyIgnoredFile.self) }
}
