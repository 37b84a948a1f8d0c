// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("mkfifo")
struct MkfifoTests {
    static let rows: [ModelRow] = [
        ModelRow("makes a pipe", "mkfifo a; stat -c '%F %a' a; test -p a", out: "fifo 644\n"),
        ModelRow(
            "what is there already",
            "touch a; mkfifo a",
            exit: 1,
            err: "mkfifo: cannot create fifo 'a': File exists\n"
        ),
        ModelRow(
            "nobody makes one where only root may",
            "mkfifo /a",
            exit: 1,
            err: "mkfifo: cannot create fifo '/a': Permission denied\n",
            user: 1000
        ),
        ModelRow(
            "an option that is none",
            "mkfifo --nope a",
            exit: 1,
            err: "mkfifo: unrecognized option '--nope'\n" + ModelRow.tryHelp("mkfifo"),
            after: ["/w/a": nil]
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
