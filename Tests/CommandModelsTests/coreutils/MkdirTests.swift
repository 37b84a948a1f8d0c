// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("mkdir")
struct MkdirTests {
    static let rows: [ModelRow] = [
        ModelRow("folders", "mkdir a b; stat -c %a a", out: "755\n", after: ["/w/a/": "", "/w/b/": ""]),
        ModelRow("-p makes what is missing", "mkdir -p a/b/c; mkdir -p a/b", after: ["/w/a/b/c/": ""]),
        ModelRow("-m says the mode of the last", "mkdir -pm 700 a/b; stat -c %a a a/b", out: "755\n700\n"),
        ModelRow("-v says so", "mkdir -pv a/b", out: "mkdir: created directory 'a'\nmkdir: created directory 'a/b'\n"),
        ModelRow(
            "what is there already",
            "mkdir a; mkdir a",
            exit: 1,
            err: "mkdir: cannot create directory 'a': File exists\n"
        ),
        ModelRow(
            "a folder that is missing",
            "mkdir a/b",
            exit: 1,
            err: "mkdir: cannot create directory 'a/b': No such file or directory\n"
        ),
        ModelRow(
            "a file on the way",
            "touch a; mkdir -p a/b",
            exit: 1,
            err: "mkdir: cannot create directory 'a/b': Not a directory\n"
        ),
        ModelRow("a mode that is none", "mkdir -m x a", exit: 1, err: "mkdir: invalid mode 'x'\n"),
        ModelRow("no operand", "mkdir", exit: 1, err: "mkdir: missing operand\n" + ModelRow.tryHelp("mkdir")),
        ModelRow(
            "nobody makes one where only root may",
            "mkdir /a",
            exit: 1,
            err: "mkdir: cannot create directory '/a': Permission denied\n",
            after: ["/a": nil],
            user: 1000
        ),
        .busybox(
            "what is there already",
            "mkdir a; mkdir a",
            exit: 1,
            err: "mkdir: can't create directory 'a': File exists\n"
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
