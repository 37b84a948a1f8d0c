// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("ExposeInvalidFormat")
struct ExposeInvalidFormatTests {
    static let rows: [RuleRow] = [
        RuleRow("a port of the host", "FROM a\n▶EXPOSE 80:80"),
        RuleRow("a range", "FROM a\nEXPOSE 1-9/udp"),
        RuleRow("an address of six", "FROM a\n▶EXPOSE [::1]:80:80"),
        RuleRow("from a variable", "FROM a\nENV P=1:2\n▶EXPOSE $P"),
        RuleRow("no port", "FROM a\nEXPOSE a:b"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(ExposeInvalidFormat.self) }
}
