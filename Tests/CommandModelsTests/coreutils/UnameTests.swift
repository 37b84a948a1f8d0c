// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("uname")
struct UnameTests {
    static let rows: [ModelRow] = [
        ModelRow("the system", "uname", out: "Linux\n"),
        ModelRow("-m", "uname -m", out: "x86_64\n"),
        ModelRow("-sn", "uname -sn", out: "Linux buildkitsandbox\n"),
        ModelRow("-o", "uname -o", out: "GNU/Linux\n"),
        .busybox("-o", "uname -o", out: "Linux\n"),
        ModelRow("-p", "uname -p", out: "unknown\n"),
        ModelRow(
            "an option that is none",
            "uname -y",
            exit: 1,
            err: "uname: invalid option -- 'y'\n" + ModelRow.tryHelp("uname")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
