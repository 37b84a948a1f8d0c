// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("groupadd")
struct GroupaddTests {
    static let rows: [ModelRow] = [
        .account(
            "new",
            "groupadd app",
            after: ["/etc/group": ModelRow.group + "app:x:1001:\n", "/etc/group-": ModelRow.group]
        ),
        .account("system", "groupadd -r app", after: ["/etc/group": ModelRow.group + "app:x:999:\n"]),
        .account(
            "number and members",
            "groupadd --gid 7 -U a,b app",
            after: ["/etc/group": ModelRow.group + "app:x:7:a,b\n"]
        ),
        .account("gshadow", "groupadd app; tail -n 1 /etc/gshadow", out: "app:!::\n"),
        .account("name taken", "groupadd node", exit: 9, err: "groupadd: group 'node' already exists\n"),
        .account("name taken, forced", "groupadd -f node", after: ["/etc/group": ModelRow.group]),
        .account("number taken", "groupadd -g 1000 app", exit: 4, err: "groupadd: GID '1000' already exists\n"),
        .account(
            "number taken on purpose",
            "groupadd -o -g 1000 app",
            after: ["/etc/group": ModelRow.group + "app:x:1000:\n"]
        ),
        .account("bad name", "groupadd a:b", exit: 3, err: "groupadd: 'a:b' is not a valid group name\n"),
        .account("bad number", "groupadd -g x app", exit: 3, err: "groupadd: invalid group ID 'x'\n"),
        .account("no name", "groupadd", exit: 2, err: "Usage: groupadd [options] GROUP\n"),
        .account(
            "no such option",
            "groupadd -S app",
            exit: 2,
            err: "groupadd: invalid option -- 'S'\n" + ModelRow.tryHelp("groupadd")
        ),
        .account("not root", "groupadd app", exit: 10, err: ModelRow.locked("groupadd", "/etc/group"), user: 1000),
        ModelRow(
            "odd bytes stay",
            "groupadd app",
            given: ["/etc/group": "# odd\r\n\nroot:x:0:"],
            after: ["/etc/group": "# odd\r\n\nroot:x:0:\napp:x:1000:\n"]
        ),
    ]

    @Test("adds a group or says why not", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
