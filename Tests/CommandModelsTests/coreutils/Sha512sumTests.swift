// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("sha512sum")
struct Sha512sumTests {
    /// Of `x` and a line's end.
    private static let digest =
        "45843648ecf9da8e513286f136e3f271e7d6dee4d29b947a50dde8c61f3e1976"
        + "94c13bcdc279ce459839757cd8de19c11b23b33565384a97afcf360483578cd4"

    static let rows: [ModelRow] = [
        ModelRow("a file", "echo x > a; sha512sum a", out: digest + "  a\n"),
        ModelRow("standard input", "echo x | sha512sum", out: digest + "  -\n"),
        ModelRow("-c says what fits", "echo x > a; sha512sum a > s; sha512sum -c s", out: "a: OK\n"),
        ModelRow(
            "-c says what does not",
            "echo x > a; sha512sum a > s; echo y > a; sha512sum -c s",
            exit: 1,
            out: "a: FAILED\n"
        ),
        ModelRow("--status says it by the exit code", "echo x > a; sha512sum a | sha512sum --status -c"),
        ModelRow(
            "a list that is none",
            "echo x | sha512sum -c",
            exit: 1,
            err: "sha512sum: 'standard input': no properly formatted checksum lines found\n"
        ),
        ModelRow("what is missing", "sha512sum a", exit: 1, err: "sha512sum: a: No such file or directory\n"),
        .busybox(
            "what is missing",
            "sha512sum a",
            exit: 1,
            err: "sha512sum: can't open 'a': No such file or directory\n"
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
