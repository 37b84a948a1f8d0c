// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("hostname")
struct HostnameTests {
    static let rows: [ModelRow] = [
        ModelRow("says it", "hostname", exit: 0, out: "buildkitsandbox\n"),
        ModelRow("whatever its words", "hostname -x a", exit: 0, out: "buildkitsandbox\n"),
        .busybox("of BusyBox", "hostname", exit: 0, out: "buildkitsandbox\n"),
        ModelRow("into a file", "hostname > f; cat f", out: "buildkitsandbox\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
