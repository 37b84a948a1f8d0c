// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("grep")
struct GrepTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "-l of standard input",
            "echo a | grep -l a; echo a | grep -L b",
            exit: 1,
            out: "(standard input)\n(standard input)\n"
        ),
        ModelRow("lines", "printf \"ab\nc\n\" | grep b", out: "ab\n"),
        ModelRow("none", "echo a | grep b", exit: 1),
        ModelRow("-v", "printf \"a\nb\n\" | grep -v a", out: "b\n"),
        ModelRow("-E and -o", "echo a12b3 | grep -Eo \"[0-9]+\"", out: "12\n3\n"),
        ModelRow("-F", "echo a.b | grep -F a.b", out: "a.b\n"),
        ModelRow("-i and -w", "printf \"AB\nA b\n\" | grep -iw a", out: "A b\n"),
        ModelRow("-c, -n", "printf \"a\nb\na\n\" > f; grep -c a f; grep -n a f", out: "2\n1:a\n3:a\n"),
        ModelRow("files with names", "echo a > f; echo a > g; grep a f g; grep -l a f g", out: "f:a\ng:a\nf\ng\n"),
        ModelRow("-r", "mkdir d; echo a > d/f; grep -r a d", out: "d/f:a\n"),
        ModelRow("lines around", "printf \"1\n2\n3\n4\n\" | grep -A 1 2", out: "2\n3\n"),
        ModelRow("groups of lines", "printf \"a\nx\nx\na\n\" | grep -B 0 -A 1 -n a", out: "1:a\n2-x\n--\n4:a\n"),
        ModelRow("-q", "echo a | grep -q a"),
        ModelRow("what is missing", "grep a f", exit: 2, err: "grep: f: No such file or directory\n"),
        ModelRow("-s is silent", "grep -s a f", exit: 2),
        ModelRow(
            "no pattern",
            "grep",
            exit: 2,
            err: "Usage: grep [OPTION]... PATTERNS [FILE]...\n" + ModelRow.tryHelp("grep")
        ),
        ModelRow(
            "an option that is none",
            "grep --nope a",
            exit: 2,
            err: "grep: unrecognized option '--nope'\nUsage: grep [OPTION]... PATTERNS [FILE]...\n"
        ),
        ModelRow("-P", "grep -P a /dev/null", exit: nil, unknown: ["grep -P is not followed"]),
        ModelRow(
            "a pattern that is none",
            "grep \"\\(\" /dev/null",
            exit: nil,
            unknown: ["the pattern of grep is not followed"]
        ),
        .busybox("lines", "echo a | grep a", out: "a\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
