// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("unlink")
struct UnlinkTests {
    static let rows: [ModelRow] = [
        ModelRow("one name goes", "touch a; unlink a", after: ["/w/a": nil]),
        ModelRow("a folder stays", "mkdir a; unlink a", exit: 1, err: "unlink: cannot unlink 'a': Is a directory\n"),
        ModelRow("what is missing", "unlink a", exit: 1, err: "unlink: cannot unlink 'a': No such file or directory\n"),
        ModelRow(
            "two names are one too many",
            "touch a b; unlink a b",
            exit: 1,
            err: "unlink: extra operand 'b'\n" + ModelRow.tryHelp("unlink"),
            after: ["/w/a": "", "/w/b": ""]
        ),
        ModelRow("no operand", "unlink", exit: 1, err: "unlink: missing operand\n" + ModelRow.tryHelp("unlink")),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
