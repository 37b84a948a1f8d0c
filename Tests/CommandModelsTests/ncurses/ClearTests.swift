// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("clear")
struct ClearTests {
    static let rows: [ModelRow] = [
        ModelRow("nothing to see", "clear"),
        ModelRow("goes on", "clear && echo a", out: "a\n"),
        ModelRow("with words", "clear -x"),
        .busybox("of BusyBox", "clear"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
