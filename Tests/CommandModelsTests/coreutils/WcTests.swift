// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("wc")
struct WcTests {
    static let rows: [ModelRow] = [
        ModelRow("lines, words, bytes", "printf 'a b\nc\n' | wc", out: "      2       3       6\n"),
        ModelRow(
            "one alone is not padded",
            "printf 'a b\n' | wc -l; printf abc | wc -c; echo a b | wc -w",
            out: "1\n3\n2\n"
        ),
        ModelRow("a name", "echo a > f; wc -l f", out: "1 f\n"),
        ModelRow("a sum", "echo a > f; echo b > g; wc -l f g", out: "1 f\n1 g\n2 total\n"),
        ModelRow("nothing", "wc -l < /dev/null", out: "0\n"),
        ModelRow("what is missing", "wc -l f", exit: 1, err: "wc: f: No such file or directory\n"),
        ModelRow(
            "an option that is none",
            "wc -y",
            exit: 1,
            err: "wc: invalid option -- 'y'\n" + ModelRow.tryHelp("wc")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
