// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("base64")
struct Base64Tests {
    static let rows: [ModelRow] = [
        ModelRow("letters", "printf hello | base64; printf a | base64", out: "aGVsbG8=\nYQ==\n"),
        ModelRow("and back", "echo aGVsbG8= | base64 -d", out: "hello"),
        ModelRow(
            "-w divides lines",
            "printf hello | base64 -w 4; printf hello | base64 -w0",
            out: "aGVs\nbG8=\naGVsbG8="
        ),
        ModelRow("nothing", "base64 < /dev/null; base64 -d < /dev/null"),
        ModelRow("what is no letter", "echo 'aG!' | base64 -d", exit: 1, out: "h", err: "base64: invalid input\n"),
        ModelRow("-i looks away", "echo 'aGVs!bG8=' | base64 -di", out: "hello"),
        ModelRow("what is missing", "base64 a", exit: 1, err: "base64: a: No such file or directory\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
