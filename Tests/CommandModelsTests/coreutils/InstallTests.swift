// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("install")
struct InstallTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "a file gets 755",
            "umask 077; echo x > a; install a b; stat -c %a b",
            out: "755\n",
            after: ["/w/b": "x\n"]
        ),
        ModelRow("-m says another mode", "touch a; install -m 640 a b; stat -c %a b", out: "640\n"),
        ModelRow("-d makes folders", "install -d -m 711 a/b; stat -c %a a a/b", out: "755\n711\n"),
        ModelRow("-D makes what is missing", "echo x > a; install -D a b/c/d", after: ["/w/b/c/d": "x\n"]),
        ModelRow(
            "-o and -g give it away",
            "touch a; install -o 5 -g 6 a b; stat -c %u:%g b",
            out: "5:6\n"
        ),
        ModelRow(
            "a user that is missing",
            "touch a; install -o nope a b",
            exit: 1,
            err: "install: invalid user 'nope'\n"
        ),
        ModelRow("a mode that is none", "touch a; install -m rx a b", exit: 1, err: "install: invalid mode 'rx'\n"),
        ModelRow("a folder is left out", "mkdir a; install a b", exit: 1, err: "install: omitting directory 'a'\n"),
        ModelRow(
            "only root gives away",
            "touch a; install -o 5 a b",
            exit: 1,
            err: "install: cannot change ownership of 'b': Operation not permitted\n",
            user: 1000
        ),
        ModelRow(
            "what is missing",
            "install a b",
            exit: 1,
            err: "install: cannot stat 'a': No such file or directory\n"
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
