// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("find")
struct FindTests {
    static let rows: [ModelRow] = [
        ModelRow("everything, folders first", "mkdir -p a/b; touch a/b/c; find a", out: "a\na/b\na/b/c\n"),
        ModelRow(
            "names and types",
            "mkdir a; touch a/x.js a/y.ts; find . -type f -name '*.js'; find a -iname Y*",
            out: "./a/x.js\na/y.ts\n"
        ),
        ModelRow("how deep", "mkdir -p a/b/c; find a -maxdepth 1; find a -mindepth 2", out: "a\na/b\na/b/c\n"),
        ModelRow(
            "this, that, and not",
            "touch a b c; find . -type f ! -name a \\( -name b -o -name c \\)",
            out: "./b\n./c\n"
        ),
        ModelRow(
            "modes and owners",
            "touch a b; chmod 4755 a; chown 7 b; find . -perm -4000; find . -user 7; find . -nouser",
            out: "./a\n./b\n.\n./a\n./b\n"
        ),
        ModelRow(
            "-prune stays out",
            "mkdir a b; touch a/x b/x; find . -name a -prune -o -name x -print",
            out: "./b/x\n"
        ),
        ModelRow("-delete", "mkdir -p a/b; touch a/b/c; find a -delete", after: ["/w/a": nil]),
        ModelRow(
            "-exec for each and for all",
            "touch a b; find . -type f -exec echo 1 {} ';'; find . -type f -exec echo {} +",
            out: "1 ./a\n1 ./b\n./a ./b\n"
        ),
        ModelRow("-print0 and -empty", "echo x > a; touch b; find . -type f -empty -print0", out: "./b\0"),
        ModelRow("what is missing", "find nope", exit: 1, err: "find: 'nope': No such file or directory\n"),
        ModelRow("what is not followed", "find . -newer a", exit: nil, unknown: ["this use of find is not followed"]),
        ModelRow(
            "a parenthesis that stays open",
            "find . '('",
            exit: nil,
            unknown: ["this use of find is not followed"]
        ),
        .busybox("everything", "mkdir a; find a", out: "a\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
