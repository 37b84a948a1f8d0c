// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("tini")
struct TiniTests {
    static let rows: [ModelRow] = [
        ModelRow("runs", "tini -- echo a", out: "a\n"),
        ModelRow("hands the exit on", "tini -- false", exit: 1),
        ModelRow(
            "what is missing",
            "tini -- nope",
            exit: 127,
            err: "tini: failed to run command 'nope': No such file or directory\n"
        ),
        ModelRow("in the same place", "cd /tmp; tini -- pwd", out: "/tmp\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
