// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("tty")
struct TtyTests {
    static let rows: [ModelRow] = [
        ModelRow("says it", "tty", exit: 1, out: "not a tty\n"),
        ModelRow("whatever its words", "tty -x a", exit: 1, out: "not a tty\n"),
        .busybox("of BusyBox", "tty", exit: 1, out: "not a tty\n"),
        ModelRow("into a file", "tty > f; cat f", out: "not a tty\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
