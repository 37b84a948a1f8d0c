// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("tail")
struct TailTests {
    static let rows: [ModelRow] = [
        ModelRow("ten lines", "seq 12 | tail | head -n 1", out: "3\n"),
        ModelRow("-n and its old form", "seq 9 | tail -n 1; seq 9 | tail -2", out: "9\n8\n9\n"),
        ModelRow("from a line on", "seq 4 | tail -n +3; seq 3 | tail +3", out: "3\n4\n3\n"),
        ModelRow("bytes", "printf abc | tail -c 2", out: "bc"),
        ModelRow("a last line without an end", "printf 'a\nb' | tail -n 1", out: "b"),
        ModelRow("+3 behind an option is a file", "tail -q +3", exit: 1, err: "tail: +3: No such file or directory\n"),
        ModelRow("no number", "tail -c x", exit: 1, err: "tail: invalid number of bytes: 'x'\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
