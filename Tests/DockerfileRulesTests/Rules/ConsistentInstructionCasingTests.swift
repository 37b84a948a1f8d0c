// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("ConsistentInstructionCasing")
struct ConsistentInstructionCasingTests {
    static let rows: [RuleRow] = [
        RuleRow("a draw counts as capitals", "FROM a\nRUN x\n▶run y\n▶run z"),
        RuleRow("mixed letters among few", "▶From a"),
        RuleRow("arguments before the first stage", "arg A=1\nFROM a\nRUN x"),
        RuleRow("a word that is no instruction", "FROM a\nbogus x"),
        RuleRow("no stage at all", "run x\nRUN y\nrun z"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(ConsistentInstructionCasing.self) }
}
