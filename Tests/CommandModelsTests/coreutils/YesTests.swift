// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("yes")
struct YesTests {
    static let rows: [ModelRow] = [
        ModelRow("y", "yes | head -n 2", out: "y\ny\n"),
        ModelRow("words", "yes a b | head -n 1", out: "a b\n"),
        ModelRow("much", "yes | head -n 4000 | wc -l", out: "4000\n"),
        .busybox("of BusyBox", "yes n | head -n 1", out: "n\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
