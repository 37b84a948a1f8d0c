// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("timeout")
struct TimeoutTests {
    static let rows: [ModelRow] = [
        ModelRow("runs", "timeout 5 echo a", out: "a\n"),
        ModelRow("hands the exit on", "timeout 5 false", exit: 1),
        ModelRow(
            "what is missing",
            "timeout 5 nope",
            exit: 127,
            err: "timeout: failed to run command 'nope': No such file or directory\n"
        ),
        ModelRow("in the same place", "cd /tmp; timeout 5 pwd", out: "/tmp\n"),
        ModelRow("-k", "timeout -k 1 5s echo a", out: "a\n"),
        ModelRow("no program", "timeout 5", exit: 1, err: "timeout: missing operand\n" + ModelRow.tryHelp("timeout")),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
