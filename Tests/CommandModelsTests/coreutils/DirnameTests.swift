// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("dirname")
struct DirnameTests {
    static let rows: [ModelRow] = [
        ModelRow("all but the last part", "dirname /a/b", out: "/a\n"),
        ModelRow("no slash", "dirname a", out: ".\n"),
        ModelRow("below the root", "dirname /a", out: "/\n"),
        ModelRow("slashes behind", "dirname a/b//", out: "a\n"),
        ModelRow("several", "dirname a/b c", out: "a\n.\n"),
        ModelRow("none", "dirname", exit: 1, err: "dirname: missing operand\n" + ModelRow.tryHelp("dirname")),
        ModelRow(
            "an option that is none",
            "dirname -y",
            exit: 1,
            err: "dirname: invalid option -- 'y'\n" + ModelRow.tryHelp("dirname")
        ),
        .busybox("none", "dirname", exit: 1, err: ModelRow.busyboxUsage("dirname")),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
