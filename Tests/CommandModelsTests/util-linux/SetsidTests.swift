// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("setsid")
struct SetsidTests {
    static let rows: [ModelRow] = [
        ModelRow("runs", "setsid echo a", out: "a\n"),
        ModelRow("hands the exit on", "setsid false", exit: 1),
        ModelRow(
            "what is missing",
            "setsid nope",
            exit: 127,
            err: "setsid: failed to run command 'nope': No such file or directory\n"
        ),
        ModelRow("in the same place", "cd /tmp; setsid pwd", out: "/tmp\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
