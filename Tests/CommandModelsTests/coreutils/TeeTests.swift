// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("tee")
struct TeeTests {
    static let rows: [ModelRow] = [
        ModelRow("to the output and to files", "echo x | tee a b", out: "x\n", after: ["/w/a": "x\n", "/w/b": "x\n"]),
        ModelRow("-a adds", "echo x > a; echo y | tee -a a", out: "y\n", after: ["/w/a": "x\ny\n"]),
        ModelRow("the streams by name", "echo x | tee /dev/stderr /dev/null", out: "x\n", err: "x\n"),
        ModelRow("a folder", "mkdir d; echo x | tee d", exit: 1, out: "x\n", err: "tee: d: Is a directory\n"),
        ModelRow(
            "nobody writes where only root may",
            "echo x | tee /a",
            exit: 1,
            out: "x\n",
            err: "tee: /a: Permission denied\n",
            after: ["/a": nil],
            user: 1000
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
