// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("InvalidDefinitionDescription")
struct InvalidDefinitionDescriptionTests {
    static let rows: [RuleRow] = [
        RuleRow("not asked for", "# words\nARG A=1"),
        RuleRow("an empty line in between", "# check=experimental=all\n\n# words\n\nARG A=1"),
        RuleRow("a name that only begins alike", "# check=experimental=all\n\n# AB is it\n▶ARG A=1"),
        RuleRow("two arguments, one comment", "# check=experimental=all\n\n# A and B\n▶ARG A=1 B=2"),
        RuleRow("only the last line counts", "# check=experimental=all\n\n# A is it\n# or not\n▶ARG A=1"),
        RuleRow("a stage without a name", "# check=experimental=all\n\n# words\nFROM a"),
        RuleRow("skip does not reach it", "# check=skip=all;experimental=all\n\n# words\n▶ARG A=1"),
        RuleRow("a directive for the linter", "# check=experimental=all\nFROM a\n# check=skip=all\nARG A=1"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(InvalidDefinitionDescription.self) }
}
