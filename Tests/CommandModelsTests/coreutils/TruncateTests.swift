// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("truncate")
struct TruncateTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "a sign",
            "truncate -s 10 a; truncate -s +5 a; truncate -s -2 a; wc -c < a; truncate -c -s 1 b; ls",
            out: "13\na\n"
        ),
        ModelRow("to nothing", "echo abc > a; truncate -s 0 a", after: ["/w/a": ""]),
        ModelRow("shorter", "echo abc > a; truncate -s 2 a", after: ["/w/a": "ab"]),
        ModelRow("longer, with zeros", "printf a > a; truncate --size=3 a", after: ["/w/a": "a\0\0"]),
        ModelRow("makes the file", "truncate -s 0 a", after: ["/w/a": ""]),
        ModelRow("no size", "truncate a", exit: 1, err: "truncate: missing operand\n" + ModelRow.tryHelp("truncate")),
        ModelRow(
            "a folder",
            "mkdir a; truncate -s 0 a",
            exit: 1,
            err: "truncate: cannot open 'a' for writing: Is a directory\n"
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
