// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("stat")
struct StatTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "a format",
            "printf abc > a; stat -c '%n %s %a %A %F %%' a",
            out: "a 3 644 -rw-r--r-- regular file %\n"
        ),
        ModelRow("a folder", "mkdir d; stat -c '%A %F' d", out: "drwxr-xr-x directory\n"),
        ModelRow(
            "a link, and what is behind",
            "mkdir d; ln -s d l; stat -c %F l; stat -Lc %F l; stat -c %N l",
            out: "symbolic link\ndirectory\n'l' -> 'd'\n"
        ),
        ModelRow("--printf has escapes and no end", #"touch a; stat --printf='%n\t%a' a"#, out: "a\t644"),
        ModelRow("owners without names", "touch a; chown 7:8 a; stat -c '%U %G %u %g' a", out: "UNKNOWN UNKNOWN 7 8\n"),
        ModelRow("one name", "touch a; stat -c %h a", out: "1\n"),
        ModelRow("what is missing", "stat a", exit: 1, err: "stat: cannot statx 'a': No such file or directory\n"),
        ModelRow("no operand", "stat", exit: 1, err: "stat: missing operand\n" + ModelRow.tryHelp("stat")),
        .busybox("what is missing", "stat a", exit: 1, err: "stat: can't stat 'a': No such file or directory\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
