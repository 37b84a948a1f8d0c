// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("MultipleInstructionsDisallowed")
struct MultipleInstructionsDisallowedTests {
    static let rows: [RuleRow] = [
        RuleRow("three", "FROM a\n▶CMD [\"x\"]\n▶CMD [\"y\"]\nCMD [\"z\"]"),
        RuleRow("different ones", "FROM a\nENTRYPOINT [\"x\"]\nCMD [\"y\"]\nHEALTHCHECK NONE"),
        RuleRow("health checks", "FROM a\n▶HEALTHCHECK CMD x\nHEALTHCHECK NONE"),
        RuleRow("in two stages", "FROM a AS b\nCMD [\"x\"]\nFROM b\nCMD [\"y\"]"),
        RuleRow("many RUN", "FROM a\nRUN x\nRUN x"),
        RuleRow("in another casing", "FROM a\n▶cmd [\"x\"]\nCMD [\"y\"]"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(MultipleInstructionsDisallowed.self) }
}
