// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("whoami")
struct WhoamiTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "root",
            "whoami",
            out: "root\n",
            given: ModelRow.people
        ),
        ModelRow(
            "somebody",
            "whoami",
            out: "bob\n",
            given: ModelRow.people,
            user: 1000
        ),
        ModelRow("nobody", "whoami", exit: 1, err: "whoami: cannot find name for user ID 7\n", user: 7),
        .busybox("nobody", "whoami", exit: 1, err: "whoami: unknown uid 7\n", user: 7),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
