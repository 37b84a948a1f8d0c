// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("pwd")
struct PwdTests {
    static let rows: [ModelRow] = [
        ModelRow("the folder at hand", "/bin/pwd", out: "/w\n"),
        ModelRow("behind cd", "cd /tmp; /bin/pwd", out: "/tmp\n"),
        ModelRow("in a subshell", "(cd /; /bin/pwd); /bin/pwd", out: "/\n/w\n"),
        .busybox("of BusyBox", "/bin/pwd", out: "/w\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
