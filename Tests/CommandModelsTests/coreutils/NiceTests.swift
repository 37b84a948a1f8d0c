// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("nice")
struct NiceTests {
    static let rows: [ModelRow] = [
        ModelRow("runs", "nice echo a", out: "a\n"),
        ModelRow("hands the exit on", "nice false", exit: 1),
        ModelRow(
            "what is missing",
            "nice nope",
            exit: 127,
            err: "nice: failed to run command 'nope': No such file or directory\n"
        ),
        ModelRow("in the same place", "cd /tmp; nice pwd", out: "/tmp\n"),
        ModelRow("-n", "nice -n 5 echo a", out: "a\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
