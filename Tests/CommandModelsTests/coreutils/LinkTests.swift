// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("link")
struct LinkTests {
    static let rows: [ModelRow] = [
        ModelRow("one more name", "echo x > a; link a b; rm a", after: ["/w/b": "x\n"]),
        ModelRow(
            "what is there stays",
            "touch a b; link a b",
            exit: 1,
            err: "link: cannot create link 'b' to 'a': File exists\n"
        ),
        ModelRow(
            "a folder has one name",
            "mkdir a; link a b",
            exit: 1,
            err: "link: cannot create link 'b' to 'a': Operation not permitted\n"
        ),
        ModelRow("one operand", "link a", exit: 1, err: "link: missing operand after 'a'\n" + ModelRow.tryHelp("link")),
        ModelRow("three operands", "link a b c", exit: 1, err: "link: extra operand 'c'\n" + ModelRow.tryHelp("link")),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
