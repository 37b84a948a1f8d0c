// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("ldconfig")
struct LdconfigTests {
    static let rows: [ModelRow] = [
        ModelRow("does nothing", "ldconfig"),
        ModelRow("with words", "ldconfig -v /opt/lib"),
        ModelRow(
            "not for everybody on the way",
            "PATH=/bin:/usr/bin ldconfig",
            exit: 127,
            err: "sh: 1: ldconfig: not found\n"
        ),
        ModelRow("goes on", "ldconfig && echo a", out: "a\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
