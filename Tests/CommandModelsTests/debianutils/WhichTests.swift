// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("which")
struct WhichTests {
    static let rows: [ModelRow] = [
        ModelRow("a program", "which cat", out: "/usr/bin/cat\n"),
        ModelRow("one for the superuser", "which ldconfig", out: "/usr/sbin/ldconfig\n"),
        ModelRow("what is missing", "which nope", exit: 1),
        ModelRow("both", "which nope cat", exit: 1, out: "/usr/bin/cat\n"),
        ModelRow("-a", "which -a cat", out: "/usr/bin/cat\n/bin/cat\n"),
        ModelRow("by path", "which /bin/cat", out: "/bin/cat\n"),
        .busybox("of BusyBox", "which cat", out: "/bin/cat\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
