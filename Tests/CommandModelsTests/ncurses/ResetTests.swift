// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("reset")
struct ResetTests {
    static let rows: [ModelRow] = [
        ModelRow("nothing to see", "reset"),
        ModelRow("goes on", "reset && echo a", out: "a\n"),
        ModelRow("with words", "reset -Q"),
        .busybox("of BusyBox", "reset"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
