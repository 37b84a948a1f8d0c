// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("readlink")
struct ReadlinkTests {
    static let rows: [ModelRow] = [
        ModelRow("where a link points to", "ln -s ../x l; readlink l", out: "../x\n"),
        ModelRow("a file is no link", "touch a; readlink a", exit: 1),
        ModelRow("-f follows all", "mkdir d; ln -s d l; readlink -f l/x", out: "/w/d/x\n"),
        ModelRow("-e needs the file", "readlink -e nope; readlink -m nope/x", out: "/w/nope/x\n"),
        ModelRow("-n writes no end", "ln -s x l; readlink -n l", out: "x"),
        ModelRow("a circle", "ln -s a b; ln -s b a; readlink -f a", exit: 1),
        ModelRow("no operand", "readlink", exit: 1, err: "readlink: missing operand\n" + ModelRow.tryHelp("readlink")),
        .busybox("where a link points to", "ln -s /x l; readlink l", out: "/x\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
