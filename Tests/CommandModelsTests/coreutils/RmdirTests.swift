// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("rmdir")
struct RmdirTests {
    static let rows: [ModelRow] = [
        ModelRow("an empty folder goes", "mkdir a; rmdir a", after: ["/w/a": nil]),
        ModelRow("-p takes the folders above", "mkdir -p a/b/c; rmdir -p a/b/c", after: ["/w/a": nil, "/w/": ""]),
        ModelRow(
            "a full folder stays",
            "mkdir -p a/b; rmdir a",
            exit: 1,
            err: "rmdir: failed to remove 'a': Directory not empty\n",
            after: ["/w/a/b/": ""]
        ),
        ModelRow("a full folder may stay in silence", "mkdir -p a/b; rmdir --ignore-fail-on-non-empty a"),
        ModelRow(
            "a file is no folder",
            "touch a; rmdir a",
            exit: 1,
            err: "rmdir: failed to remove 'a': Not a directory\n"
        ),
        ModelRow("no operand", "rmdir", exit: 1, err: "rmdir: missing operand\n" + ModelRow.tryHelp("rmdir")),
        ModelRow(
            "an option that is none",
            "rmdir -x a",
            exit: 1,
            err: "rmdir: invalid option -- 'x'\n" + ModelRow.tryHelp("rmdir")
        ),
        .busybox("a folder that is missing", "rmdir a", exit: 1, err: "rmdir: 'a': No such file or directory\n"),
        .busybox("no operand", "rmdir", exit: 1, err: ModelRow.busyboxUsage("rmdir")),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
