// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("ln")
struct LnTests {
    static let rows: [ModelRow] = [
        ModelRow("one more name", "echo x > a; ln a b; echo y > b", after: ["/w/a": "y\n", "/w/b": "y\n"]),
        ModelRow("a symbolic link leads anywhere", "ln -s ../nope l; readlink l", out: "../nope\n"),
        ModelRow("-r goes through links", "mkdir d; touch a; ln -s ../a d/l; ln -sr d/l r; readlink r", out: "a\n"),
        ModelRow("-r finds the way", "mkdir -p a/b; touch c; ln -sr c a/b/l; readlink a/b/l", out: "../../c\n"),
        ModelRow(
            "into a folder, unless -n",
            "mkdir d; ln -s d l; ln -s x l; ln -sfn y l; readlink d/x l",
            out: "x\ny\n"
        ),
        ModelRow(
            "-f takes what is there",
            "touch a; ln -s x a 2>&1; ln -sf x a; readlink a",
            out: "ln: failed to create symbolic link 'a': File exists\nx\n"
        ),
        ModelRow(
            "a folder has one name",
            "mkdir a; ln a b",
            exit: 1,
            err: "ln: a: hard link not allowed for directory\n"
        ),
        ModelRow("what is missing", "ln a b", exit: 1, err: "ln: failed to access 'a': No such file or directory\n"),
        ModelRow("-v says so", "touch a; ln -v a b; ln -sv a c", out: "'b' => 'a'\n'c' -> 'a'\n"),
        ModelRow("no operand", "ln", exit: 1, err: "ln: missing file operand\n" + ModelRow.tryHelp("ln")),
        ModelRow(
            "nobody links where only root may",
            "ln -s a /l",
            exit: 1,
            err: "ln: failed to create symbolic link '/l': Permission denied\n",
            user: 1000
        ),
        .busybox("what is there stays", "touch a b; ln -s a b", exit: 1, err: "ln: b: File exists\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
