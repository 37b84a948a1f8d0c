// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("groupmod")
struct GroupmodTests {
    static let rows: [ModelRow] = [
        .account(
            "number",
            "groupmod -g 1500 node; tail -n 1 /etc/passwd",
            out: "node:x:1000:1500::/home/node:/bin/sh\n"
        ),
        .account("name", "groupmod -n web node; sed -n 3p /etc/group /etc/gshadow", out: "web:x:1000:\n"),
        .account("members", "groupmod -U a,b users; sed -n 2p /etc/group", out: "users:x:100:a,b\n"),
        .account("missing", "groupmod -g 5 nosuch", exit: 6, err: "groupmod: group 'nosuch' does not exist\n"),
        .account("number taken", "groupmod -g 100 node", exit: 4, err: "groupmod: GID '100' already exists\n"),
        .account("name taken", "groupmod -n users node", exit: 9, err: "groupmod: group 'users' already exists\n"),
        .account("bad name", "groupmod -n -x node", exit: 3, err: "groupmod: invalid group name '-x'\n"),
        .account(
            "not root",
            "groupmod -g 5 node",
            exit: 10,
            err: ModelRow.locked("groupmod", "/etc/group"),
            user: 1000
        ),
    ]

    @Test("changes a group or says why not", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
