// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("seq")
struct SeqTests {
    static let rows: [ModelRow] = [
        ModelRow("to", "seq 3", out: "1\n2\n3\n"),
        ModelRow("from, to", "seq 2 3", out: "2\n3\n"),
        ModelRow("backwards", "seq 3 -1 1", out: "3\n2\n1\n"),
        ModelRow("nothing", "seq 3 1"),
        ModelRow("-s", "seq -s , 3", out: "1,2,3\n"),
        ModelRow("-w", "seq -w 9 10", out: "09\n10\n"),
        ModelRow("no step", "seq 1 0 3", exit: 1, err: "seq: invalid Zero increment value: '0'\n"),
        ModelRow("no number", "seq a", exit: 1, err: "seq: invalid floating point argument: 'a'\n"),
        ModelRow("no words", "seq", exit: 1, err: "seq: missing operand\n" + ModelRow.tryHelp("seq")),
        .busybox("no words", "seq", exit: 1, err: ModelRow.busyboxUsage("seq")),
        ModelRow("a fraction", "seq 0.5", exit: nil, unknown: ["seq with fractions is not followed"]),
        ModelRow("the largest number", "seq 9223372036854775807 9223372036854775807", out: "9223372036854775807\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
