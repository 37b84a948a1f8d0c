// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("head")
struct HeadTests {
    static let rows: [ModelRow] = [
        ModelRow("ten lines", "seq 12 | head | tail -n 1", out: "10\n"),
        ModelRow(
            "-n and its old form",
            "seq 9 | head -n 2; seq 9 | head -1; seq 12 | head -11 | tail -1",
            out: "1\n2\n1\n11\n"
        ),
        ModelRow("all but the last", "seq 3 | head -n -1", out: "1\n2\n"),
        ModelRow("bytes", "printf abc | head -c 2", out: "ab"),
        ModelRow(
            "names above several files",
            "echo x > a; echo y > b; head a b",
            out: "==> a <==\nx\n\n==> b <==\ny\n"
        ),
        ModelRow("-q without names", "echo x > a; head -q a a", out: "x\nx\n"),
        ModelRow("no number", "head -n x", exit: 1, err: "head: invalid number of lines: 'x'\n"),
        ModelRow(
            "a number with two signs",
            "seq 3 | head -n --2",
            exit: 1,
            err: "head: invalid number of lines: '-2'\n"
        ),
        ModelRow("what is missing", "head a", exit: 1, err: "head: a: No such file or directory\n"),
        .busybox(
            "an option that is none",
            "head -y",
            exit: 1,
            err: "head: unrecognized option: y\n" + ModelRow.busyboxUsage("head")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
