// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("time")
struct TimeTests {
    static let rows: [ModelRow] = [
        ModelRow("runs", "time echo a", out: "a\n"),
        ModelRow("hands the exit on", "time false", exit: 1),
        ModelRow(
            "what is missing",
            "time nope",
            exit: 127,
            err: "time: failed to run command 'nope': No such file or directory\n"
        ),
        ModelRow("in the same place", "cd /tmp; time pwd", out: "/tmp\n"),
        ModelRow("an option", "time -p echo a", out: "a\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
