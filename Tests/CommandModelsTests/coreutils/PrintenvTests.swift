// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("printenv")
struct PrintenvTests {
    static let rows: [ModelRow] = [
        ModelRow("a variable", "export A=1; printenv A", out: "1\n"),
        ModelRow("several", "printenv HOME PATH", out: "/root\n/usr/sbin:/usr/bin:/sbin:/bin\n"),
        ModelRow("one that is not there", "printenv NOPE HOME", exit: 1, out: "/root\n"),
        ModelRow("all", "env -i A=1 /usr/bin/printenv", out: "A=1\n"),
        ModelRow("one that is not exported", "B=1; printenv B", exit: 1),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
