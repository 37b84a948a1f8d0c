// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("false")
struct FalseCommandTests {
    static let rows: [ModelRow] = [
        ModelRow("fails", "false", exit: 1),
        ModelRow("whatever its words", "/bin/false --help", exit: 1),
        .busybox("of BusyBox", "false", exit: 1),
        ModelRow("and a shell goes on", "false || echo a", out: "a\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
