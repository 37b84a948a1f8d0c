// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("WorkdirRelativePath")
struct WorkdirRelativePathTests {
    static let rows: [RuleRow] = [
        RuleRow("the second one", "FROM a\n▶WORKDIR x\nWORKDIR y"),
        RuleRow("an absolute value", "FROM a\nENV W=/x\nWORKDIR $W"),
        RuleRow("a relative value", "FROM a\nENV W=x\n▶WORKDIR $W"),
        RuleRow("that of the stage below", "FROM a AS b\nWORKDIR /x\nFROM b\nWORKDIR y"),
        RuleRow("that of another stage", "FROM a\nWORKDIR /x\nFROM a\n▶WORKDIR y"),
        RuleRow("a drive of Windows", "FROM a\n▶WORKDIR C:/x"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(WorkdirRelativePath.self) }
}
