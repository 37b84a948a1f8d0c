// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("dumb-init")
struct DumbInitTests {
    static let rows: [ModelRow] = [
        ModelRow("runs", "dumb-init -- echo a", out: "a\n"),
        ModelRow("hands the exit on", "dumb-init -- false", exit: 1),
        ModelRow(
            "what is missing",
            "dumb-init -- nope",
            exit: 127,
            err: "dumb-init: failed to run command 'nope': No such file or directory\n"
        ),
        ModelRow("in the same place", "cd /tmp; dumb-init -- pwd", out: "/tmp\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
