// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("cp")
struct CpTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "--parents keeps the modes of folders",
            "mkdir -m 700 s; touch s/a; mkdir d; cp --parents s/a d; stat -c %a d/s",
            out: "700\n"
        ),
        ModelRow("a device is read", "cp /dev/null a; cp -f /dev/null b; wc -c < b", out: "0\n", after: ["/w/a": ""]),
        ModelRow("a file", "echo x > a; cp a b", after: ["/w/a": "x\n", "/w/b": "x\n"]),
        ModelRow("files into a folder", "echo x > a; mkdir d; cp a a d/; cp a -t d", after: ["/w/d/a": "x\n"]),
        ModelRow("a folder with -r", "mkdir -p a/b; echo x > a/b/c; cp -r a d", after: ["/w/d/b/c": "x\n"]),
        ModelRow(
            "a folder stays without -r",
            "mkdir a; cp a b",
            exit: 1,
            err: "cp: -r not specified; omitting directory 'a'\n",
            after: ["/w/b": nil]
        ),
        ModelRow("-p keeps the mode", "touch a; chmod 4711 a; cp -p a b; cp a c; stat -c %a b c", out: "4711\n711\n"),
        ModelRow("-P keeps a link", "ln -s nope l; cp -P l m; readlink m", out: "nope\n"),
        ModelRow("-v says so", "touch a; cp -v a b", out: "'a' -> 'b'\n"),
        ModelRow("-n leaves what is there", "echo x > a; echo y > b; cp -n a b; cp -i a b", after: ["/w/b": "y\n"]),
        ModelRow("the same file", "touch a; cp a ./a", exit: 1, err: "cp: 'a' and './a' are the same file\n"),
        ModelRow(
            "a folder into itself",
            "mkdir a; cp -r a a/b",
            exit: 1,
            err: "cp: cannot copy a directory, 'a', into itself, 'a/b'\n",
            after: ["/w/a/b/": "", "/w/a/b/b": nil]
        ),
        ModelRow(
            "what is missing",
            "cp a b",
            exit: 1,
            err: "cp: cannot stat 'a': No such file or directory\n"
        ),
        ModelRow(
            "no target",
            "cp a",
            exit: 1,
            err: "cp: missing destination file operand after 'a'\n" + ModelRow.tryHelp("cp")
        ),
        ModelRow(
            "nobody writes where only root may",
            "cp /etc/passwd /a",
            exit: 1,
            err: "cp: cannot create regular file '/a': Permission denied\n",
            given: ["/etc/passwd": "x"],
            user: 1000
        ),
        .busybox("a folder stays without -r", "mkdir a; cp a b", exit: 1, err: "cp: omitting directory 'a'\n"),
        .busybox("what is missing", "cp a b", exit: 1, err: "cp: can't stat 'a': No such file or directory\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
