// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("gunzip")
struct GunzipTests {
    static let rows: [ModelRow] = [
        ModelRow("a file", "gunzip f", exit: nil, unknown: ["gunzip changes files in a way that is not followed"]),
        ModelRow("no words", "gunzip", exit: nil, unknown: ["gunzip changes files in a way that is not followed"]),
        ModelRow(
            "an option",
            "gunzip --nope",
            exit: nil,
            unknown: ["gunzip changes files in a way that is not followed"]
        ),
        .busybox("of BusyBox", "gunzip f", exit: nil, unknown: ["gunzip changes files in a way that is not followed"]),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
