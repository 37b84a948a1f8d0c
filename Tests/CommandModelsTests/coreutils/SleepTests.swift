// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("sleep")
struct SleepTests {
    static let rows: [ModelRow] = [
        ModelRow("waits", "sleep 1"),
        ModelRow("several", "sleep 1h 2m"),
        ModelRow(
            "where the time is not known",
            "sleep \"$(cat x)\" 2> /dev/null",
            err: "cat: x: No such file or directory\n"
        ),
        .busybox("of BusyBox", "sleep 5"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
