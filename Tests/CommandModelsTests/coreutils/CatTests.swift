// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("cat")
struct CatTests {
    static let rows: [ModelRow] = [
        ModelRow("files one after another", "printf a > a; echo b > b; cat a b", out: "ab\n"),
        ModelRow("standard input between", "printf a > a; echo x | cat a - a", out: "ax\na"),
        ModelRow("-n counts", "printf 'a\nb\n' | cat -n", out: "     1\ta\n     2\tb\n"),
        ModelRow(
            "goes on behind what is missing",
            "echo b > b; cat a b",
            exit: 1,
            out: "b\n",
            err: "cat: a: No such file or directory\n"
        ),
        ModelRow("a folder", "mkdir d; cat d", exit: 1, err: "cat: d: Is a directory\n"),
        ModelRow(
            "what is missing for another user",
            "cat /nope",
            exit: 1,
            err: "cat: /nope: No such file or directory\n",
            user: 1000
        ),
        ModelRow(
            "an option that is none",
            "cat --nope",
            exit: 1,
            err: "cat: unrecognized option '--nope'\n" + ModelRow.tryHelp("cat")
        ),
        .busybox("what is missing", "cat a", exit: 1, err: "cat: can't open 'a': No such file or directory\n"),
        .busybox(
            "an option that is none",
            "cat -y",
            exit: 1,
            err: "cat: unrecognized option: y\n" + ModelRow.busyboxUsage("cat")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
