// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("touch")
struct TouchTests {
    static let rows: [ModelRow] = [
        ModelRow("makes files", "touch a b", after: ["/w/a": "", "/w/b": ""]),
        ModelRow("leaves what a file holds", "echo x > a; touch a", after: ["/w/a": "x\n"]),
        ModelRow("-c makes none", "touch -c a", after: ["/w/a": nil]),
        ModelRow("-d sets the time", "touch -d @12 a; stat -c %Y a", out: "12\n"),
        ModelRow(
            "-d and -t read a day and a time of it",
            "touch -d '2020-01-02 03:04' a; touch -t 202001020304 b; stat -c %Y a b",
            out: "1577934240\n1577934240\n"
        ),
        ModelRow(
            "a time in words is not known",
            "touch -d yesterday a; [ -f a ] && echo made",
            out: "made\n",
            unknown: ["the time yesterday that touch sets is not followed"]
        ),
        ModelRow("-r takes another's time", "touch -d @7 a; touch -r a b; stat -c %Y b", out: "7\n"),
        ModelRow(
            "a folder that is missing",
            "touch a/b",
            exit: 1,
            err: "touch: cannot touch 'a/b': No such file or directory\n"
        ),
        ModelRow(
            "no operand",
            "touch",
            exit: 1,
            err: "touch: missing file operand\n" + ModelRow.tryHelp("touch")
        ),
        ModelRow(
            "nobody writes where only root may",
            "touch /a",
            exit: 1,
            err: "touch: cannot touch '/a': Permission denied\n",
            after: ["/a": nil],
            user: 1000
        ),
        .busybox("a folder that is missing", "touch a/b", exit: 1, err: "touch: a/b: No such file or directory\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
