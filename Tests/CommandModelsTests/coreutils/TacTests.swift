// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("tac")
struct TacTests {
    static let rows: [ModelRow] = [
        ModelRow("the last line first", "printf 'a\nb\n' | tac", out: "b\na\n"),
        ModelRow("a file", "printf 'a\nb\n' > f; tac f", out: "b\na\n"),
        ModelRow("nothing", "tac < /dev/null"),
        ModelRow("what is missing", "tac f", exit: 1, err: "tac: f: No such file or directory\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
