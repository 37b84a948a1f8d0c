// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("ls")
struct LsTests {
    static let rows: [ModelRow] = [
        ModelRow("names", "touch b a .c; ls", out: "a\nb\n"),
        ModelRow("-a", "touch a; ls -a", out: ".\n..\na\n"),
        ModelRow("-A", "touch .c; ls -A", out: ".c\n"),
        ModelRow("-r and -F", "mkdir d; touch a; ls -rF", out: "d/\na\n"),
        ModelRow("a file", "touch a; ls a", out: "a\n"),
        ModelRow("files first, then folders", "mkdir z y; touch b a z/1; ls z b y a", out: "a\nb\n\ny:\n\nz:\n1\n"),
        ModelRow("-F marks kinds", "touch a r; chmod +x r; ln -s a l; ls -F", out: "a\nl@\nr*\n"),
        ModelRow("-B", "touch a 'a~'; ls -B", out: "a\n"),
        ModelRow("-d", "ls -d /tmp", out: "/tmp\n"),
        ModelRow("several", "mkdir d e; touch d/a; ls d e", out: "d:\na\n\ne:\n"),
        ModelRow("what is missing", "ls a", exit: 2, err: "ls: cannot access 'a': No such file or directory\n"),
        ModelRow(
            "goes on behind what is missing",
            "touch b; ls a b",
            exit: 2,
            out: "b\n",
            err: "ls: cannot access 'a': No such file or directory\n"
        ),
        .busybox("what is missing", "ls a", exit: 1, err: "ls: a: No such file or directory\n"),
        ModelRow(
            "an option that is none",
            "ls --nope",
            exit: 2,
            err: "ls: unrecognized option '--nope'\n" + ModelRow.tryHelp("ls")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
