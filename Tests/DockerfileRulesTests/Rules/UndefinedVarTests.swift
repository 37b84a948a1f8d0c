// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("UndefinedVar")
struct UndefinedVarTests {
    static let rows: [RuleRow] = [
        RuleRow("what a shell expands", "FROM a\nRUN echo $nobody\nCMD [\"$x\"]"),
        RuleRow("the variables of the stage below", "FROM a AS b\nENV Q=1\nFROM b\nUSER $Q"),
        RuleRow("those of another stage", "FROM a\nENV Q=1\nFROM a\n▶USER $Q"),
        RuleRow("an argument of the lines above all stages", "ARG A=1\nFROM a\n▶USER $A"),
        RuleRow("one that is declared again", "ARG A=1\nFROM a\nARG A\nUSER $A"),
        RuleRow("in the line that sets it", "FROM a\n▶ENV A=1 B=$A"),
        RuleRow("the target of a mount", "FROM a\n▶RUN --mount=type=cache,target=$T x"),
        RuleRow("a proxy", "FROM a\nUSER $http_proxy"),
        RuleRow("a fallback", "FROM a\nUSER ${U:-x}"),
        RuleRow("two words that use it", "FROM a\n▶COPY $x /$x"),
        RuleRow("one word that uses it twice", "FROM a\n▶USER $x$x"),
        RuleRow("escaped", "FROM a\nUSER \\$U"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(UndefinedVar.self) }
}
