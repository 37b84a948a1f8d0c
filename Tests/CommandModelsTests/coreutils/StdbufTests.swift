// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("stdbuf")
struct StdbufTests {
    static let rows: [ModelRow] = [
        ModelRow("runs", "stdbuf -o0 echo a", out: "a\n"),
        ModelRow("hands the exit on", "stdbuf -o0 false", exit: 1),
        ModelRow(
            "what is missing",
            "stdbuf -o0 nope",
            exit: 127,
            err: "stdbuf: failed to run command 'nope': No such file or directory\n"
        ),
        ModelRow("in the same place", "cd /tmp; stdbuf -o0 pwd", out: "/tmp\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
