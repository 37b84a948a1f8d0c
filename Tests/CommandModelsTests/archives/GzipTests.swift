// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("gzip")
struct GzipTests {
    static let rows: [ModelRow] = [
        ModelRow("a file", "gzip f", exit: nil, unknown: ["gzip changes files in a way that is not followed"]),
        ModelRow("no words", "gzip", exit: nil, unknown: ["gzip changes files in a way that is not followed"]),
        ModelRow("an option", "gzip --nope", exit: nil, unknown: ["gzip changes files in a way that is not followed"]),
        .busybox("of BusyBox", "gzip f", exit: nil, unknown: ["gzip changes files in a way that is not followed"]),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
