// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("userdel")
struct UserdelTests {
    static let rows: [ModelRow] = [
        .account(
            "plain",
            "userdel node",
            after: [
                "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\n",
                "/etc/group": "root:x:0:\nusers:x:100:\nnogroup:x:65534:\n", "/etc/shadow": "root:*:1:0:99999:7:::\n",
                "/home/node/": "",
            ]
        ),
        .account(
            "with its home",
            "userdel -r node",
            err: "userdel: node mail spool (/var/mail/node) not found\n",
            after: ["/home/node": nil]
        ),
        .account(
            "home that is missing",
            "rm -r /home/node; userdel -r node",
            err:
                "userdel: node mail spool (/var/mail/node) not found\nuserdel: node home directory (/home/node) not found\n"
        ),
        .account(
            "out of its groups",
            "usermod -G users node; userdel node; sed -n 2p /etc/group",
            out: "users:x:100:\n"
        ),
        .account("missing", "userdel nosuch", exit: 6, err: "userdel: user 'nosuch' does not exist\n"),
        .account("no name", "userdel", exit: 2, err: "Usage: userdel [options] LOGIN\n"),
        .account("not root", "userdel node", exit: 1, err: ModelRow.locked("userdel", "/etc/passwd"), user: 1000),
    ]

    @Test("removes a user or says why not", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
