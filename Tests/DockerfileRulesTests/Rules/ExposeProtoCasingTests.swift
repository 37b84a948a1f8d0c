// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("ExposeProtoCasing")
struct ExposeProtoCasingTests {
    static let rows: [RuleRow] = [
        RuleRow("two in one line", "FROM a\n▶▶EXPOSE 1/TCP 2/tcp 3/Udp"),
        RuleRow("from a variable", "FROM a\nENV P=1/TCP\n▶EXPOSE $P"),
        RuleRow("no protocol", "FROM a\nEXPOSE 1"),
        RuleRow("no port", "FROM a\nEXPOSE x/TCP"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(ExposeProtoCasing.self) }
}
