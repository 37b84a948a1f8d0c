// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("tr")
struct TrTests {
    static let rows: [ModelRow] = [
        ModelRow("ranges", "echo abc | tr a-z A-Z", out: "ABC\n"),
        ModelRow("classes", "echo aB1 | tr '[:lower:]' '[:upper:]'", out: "AB1\n"),
        ModelRow("-d", "echo a1b2 | tr -d '0-9'", out: "ab\n"),
        ModelRow("-s", "echo aabb | tr -s a", out: "abb\n"),
        ModelRow("-cd", "echo a-b | tr -cd 'a-z'", out: "ab"),
        ModelRow("a short second set", "echo abc | tr abc x", out: "xxx\n"),
        ModelRow("lines", "echo a b | tr \" \" \"\\n\"", out: "a\nb\n"),
        ModelRow("one set", "tr a", exit: 1, err: "tr: missing operand after 'a'\n" + ModelRow.tryHelp("tr")),
        ModelRow("none", "tr", exit: 1, err: "tr: missing operand\n" + ModelRow.tryHelp("tr")),
        ModelRow(
            "a set that is not followed",
            "echo a | tr '[=a=]' b",
            exit: nil,
            unknown: ["the sets of tr are not followed"]
        ),
        ModelRow(
            "an option that is none",
            "tr -y",
            exit: 1,
            err: "tr: invalid option -- 'y'\n" + ModelRow.tryHelp("tr")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
