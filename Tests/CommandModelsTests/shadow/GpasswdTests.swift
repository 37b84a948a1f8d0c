// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("gpasswd")
struct GpasswdTests {
    static let rows: [ModelRow] = [
        .account(
            "add",
            "gpasswd -a node users; sed -n 2p /etc/group",
            out: "Adding user node to group users\nusers:x:100:node\n"
        ),
        .account("list", "gpasswd -M a,b users; sed -n 2p /etc/gshadow", out: "users:*::a,b\n"),
        .account(
            "take out",
            "gpasswd -M node users; gpasswd -d node users; sed -n 2p /etc/group",
            out: "Removing user node from group users\nusers:x:100:\n"
        ),
        .account(
            "not in it",
            "gpasswd -d node users",
            exit: 3,
            out: "Removing user node from group users\n",
            err: "gpasswd: user 'node' is not a member of 'users'\n"
        ),
        .account("no such user", "gpasswd -a nosuch users", exit: 3, err: "gpasswd: user 'nosuch' does not exist\n"),
        .account(
            "no such group",
            "gpasswd -a node nosuch",
            exit: 3,
            err: "gpasswd: group 'nosuch' does not exist in /etc/group\n"
        ),
        .account(
            "not root",
            "gpasswd -a node users",
            exit: 1,
            err: ModelRow.locked("gpasswd", "/etc/group"),
            user: 1000
        ),
    ]

    @Test("changes who is in a group", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
