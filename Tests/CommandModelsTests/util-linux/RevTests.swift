// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("rev")
struct RevTests {
    static let rows: [ModelRow] = [
        ModelRow("each line backwards", "printf 'abc\nde\n' | rev", out: "cba\ned\n"),
        ModelRow("a file", "echo ab > f; rev f", out: "ba\n"),
        ModelRow("nothing", "rev < /dev/null"),
        ModelRow("what is missing", "rev f", exit: 1, err: "rev: f: No such file or directory\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
