// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("arch")
struct ArchTests {
    static let rows: [ModelRow] = [
        ModelRow("says it", "arch", exit: 0, out: "x86_64\n"),
        ModelRow("whatever its words", "arch -x a", exit: 0, out: "x86_64\n"),
        .busybox("of BusyBox", "arch", exit: 0, out: "x86_64\n"),
        ModelRow("into a file", "arch > f; cat f", out: "x86_64\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
