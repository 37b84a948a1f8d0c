// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("echo")
struct EchoTests {
    static let rows: [ModelRow] = [
        ModelRow("words", "echo a  b", out: "a b\n"),
        ModelRow("-n", "echo -n a; echo", out: "a\n"),
        ModelRow("dash expands", "echo 'a\\tb\\c' x", out: "a\tb"),
        ModelRow("-e is a word of dash", "echo -e a", out: "-e a\n"),
        ModelRow("the program does not expand", "/bin/echo 'a\\tb'", out: "a\\tb\n"),
        ModelRow("the program with -e", "/bin/echo -ne 'a\\tb'", out: "a\tb"),
        ModelRow("-z is a word", "/bin/echo -z", out: "-z\n"),
        ModelRow("no words", "echo", out: "\n"),
        .busybox("with -e", "echo -e 'a\\x41'", out: "aA\n"),
        .busybox("without", "echo 'a\\tb'", out: "a\\tb\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
