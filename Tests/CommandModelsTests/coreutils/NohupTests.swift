// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("nohup")
struct NohupTests {
    static let rows: [ModelRow] = [
        ModelRow("runs", "nohup echo a", out: "a\n"),
        ModelRow("hands the exit on", "nohup false", exit: 1),
        ModelRow(
            "what is missing",
            "nohup nope",
            exit: 127,
            err: "nohup: failed to run command 'nope': No such file or directory\n"
        ),
        ModelRow("in the same place", "cd /tmp; nohup pwd", out: "/tmp\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
