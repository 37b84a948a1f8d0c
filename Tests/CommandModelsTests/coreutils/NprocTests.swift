// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("nproc")
struct NprocTests {
    static let rows: [ModelRow] = [
        ModelRow("says it", "nproc", exit: 0, out: "1\n"),
        ModelRow("whatever its words", "nproc -x a", exit: 0, out: "1\n"),
        .busybox("of BusyBox", "nproc", exit: 0, out: "1\n"),
        ModelRow(
            "the number is not known",
            "nproc > f",
            unknown: ["the text that is written to /w/f is not known"]
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
