// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("egrep")
struct EgrepTests {
    static let rows: [ModelRow] = [
        ModelRow("extended", "echo ab | egrep \"a|x\"", out: "ab\n"),
        ModelRow("none", "echo a | egrep \"b+\"", exit: 1),
        ModelRow("what is missing", "egrep a f", exit: 2, err: "egrep: f: No such file or directory\n"),
        ModelRow(
            "an option that is none",
            "egrep -y",
            exit: 2,
            err: "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n"
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
