// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("fgrep")
struct FgrepTests {
    static let rows: [ModelRow] = [
        ModelRow("fixed", "printf \"a.b\naxb\n\" | fgrep a.b", out: "a.b\n"),
        ModelRow("words", "printf \"a.b\nxa.b\n\" | fgrep -w a.b", out: "a.b\n"),
        ModelRow("none", "echo a | fgrep .", exit: 1),
        ModelRow("what is missing", "fgrep a f", exit: 2, err: "fgrep: f: No such file or directory\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
