// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("basename")
struct BasenameTests {
    static let rows: [ModelRow] = [
        ModelRow("the last part", "basename /a/b", out: "b\n"),
        ModelRow("slashes behind", "basename a/b//", out: "b\n"),
        ModelRow("the root", "basename //", out: "/\n"),
        ModelRow("a suffix", "basename a/b.sh .sh", out: "b\n"),
        ModelRow("the suffix alone stays", "basename .sh .sh", out: ".sh\n"),
        ModelRow("-a and -s", "basename -s .c -a a.c x/b.c", out: "a\nb\n"),
        ModelRow(
            "too many",
            "basename a b c",
            exit: 1,
            err: "basename: extra operand 'c'\n" + ModelRow.tryHelp("basename")
        ),
        ModelRow("none", "basename", exit: 1, err: "basename: missing operand\n" + ModelRow.tryHelp("basename")),
        ModelRow(
            "an option that is none",
            "basename -y",
            exit: 1,
            err: "basename: invalid option -- 'y'\n" + ModelRow.tryHelp("basename")
        ),
        .busybox(
            "an option that is none",
            "basename -y",
            exit: 1,
            err: "basename: unrecognized option: y\n" + ModelRow.busyboxUsage("basename")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
