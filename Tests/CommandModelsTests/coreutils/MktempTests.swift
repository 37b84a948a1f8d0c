// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("mktemp")
struct MktempTests {
    static let rows: [ModelRow] = [
        ModelRow("a file of root's alone", "x=$(mktemp a.XXX); stat -c '%a %F' $x", out: "600 regular empty file\n"),
        ModelRow("-d makes a folder", "stat -c '%a %F' $(mktemp -d)", out: "700 directory\n"),
        ModelRow("two have two names", "a=$(mktemp); b=$(mktemp); [ $a != $b ] && [ -e $a ] && [ -e $b ]"),
        ModelRow("-u makes none", "mktemp -u aXXX", out: "aAA0\n", after: ["/w/aAA0": nil]),
        ModelRow("TMPDIR says where", "mkdir t; TMPDIR=/w/t mktemp --suffix=.x", out: "/w/t/tmp.AAAAAAAAA0.x\n"),
        ModelRow("too few letters", "mktemp aXX", exit: 1, err: "mktemp: too few X's in template 'aXX'\n"),
        ModelRow(
            "a folder that is missing",
            "mktemp -p /nope aXXX",
            exit: 1,
            err: "mktemp: failed to create file via template '/nope/aAA0': No such file or directory\n"
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
