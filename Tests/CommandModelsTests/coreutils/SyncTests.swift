// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("sync")
struct SyncTests {
    static let rows: [ModelRow] = [
        ModelRow("says nothing", "sync"),
        ModelRow("takes any word", "sync -f /w --nope"),
        .busybox("says nothing", "sync"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
