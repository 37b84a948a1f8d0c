// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("true")
struct TrueCommandTests {
    static let rows: [ModelRow] = [
        ModelRow("succeeds", "true"),
        ModelRow("whatever its words", "/bin/true --nope a"),
        ModelRow("where words are not known", "/bin/true \"$(date +%s)\""),
        .busybox("of BusyBox", "true"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
