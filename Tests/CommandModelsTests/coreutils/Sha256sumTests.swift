// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("sha256sum")
struct Sha256sumTests {
    /// Of `x` and a line's end.
    private static let digest = "73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac"

    static let rows: [ModelRow] = [
        ModelRow("a file", "echo x > a; sha256sum a", out: digest + "  a\n"),
        ModelRow("standard input", "echo x | sha256sum", out: digest + "  -\n"),
        ModelRow("-c says what fits", "echo x > a; sha256sum a > s; sha256sum -c s", out: "a: OK\n"),
        ModelRow(
            "-c says what does not",
            "echo x > a; sha256sum a > s; echo y > a; sha256sum -c s",
            exit: 1,
            out: "a: FAILED\n"
        ),
        ModelRow("--status says it by the exit code", "echo x > a; sha256sum a | sha256sum --status -c"),
        ModelRow(
            "a list that is none",
            "echo x | sha256sum -c",
            exit: 1,
            err: "sha256sum: 'standard input': no properly formatted checksum lines found\n"
        ),
        ModelRow("what is missing", "sha256sum a", exit: 1, err: "sha256sum: a: No such file or directory\n"),
        .busybox(
            "what is missing",
            "sha256sum a",
            exit: 1,
            err: "sha256sum: can't open 'a': No such file or directory\n"
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
