// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("usermod")
struct UsermodTests {
    static let rows: [ModelRow] = [
        .account(
            "shell and comment",
            "usermod -s /bin/sh -c me node; tail -n 1 /etc/passwd",
            out: "node:x:1000:1000:me:/home/node:/bin/sh\n",
            also: ["/bin/sh": ""]
        ),
        .account(
            "shell that is missing",
            "usermod -s /nosuch node",
            err: "usermod: Warning: missing or non-executable shell '/nosuch'\n"
        ),
        .account(
            "number, with the files at home",
            "usermod -u 1500 node; stat -c %u /home/node/x",
            out: "0\n",
            also: ["/home/node/x": ""]
        ),
        .account(
            "main group, with the files at home that the old one had",
            "chown node:node /home/node /home/node/x; touch /home/node/y; groupadd staff; usermod -g staff node; "
                + "stat -c %G /home/node /home/node/x /home/node/y",
            out: "staff\nstaff\nroot\n",
            also: ["/home/node/x": ""]
        ),
        .account(
            "main group, of somebody else's home",
            "chown root:node /home/node; groupadd staff; usermod -g staff node; stat -c %G /home/node",
            out: "node\n",
            also: ["/home/node/x": ""]
        ),
        .account("name", "usermod -l web node; tail -n 1 /etc/shadow", out: "web:!:1:0:99999:7:::\n"),
        .account(
            "home that moves",
            "usermod -d /srv/node -m node; ls /srv/node",
            out: "x\n",
            after: ["/home/node": nil],
            also: ["/home/node/x": ""]
        ),
        .account("one more group", "usermod -a -G users node; sed -n 2p /etc/group", out: "users:x:100:node\n"),
        .account(
            "these groups only",
            "usermod -G users node; usermod -G '' node; sed -n 2p /etc/group",
            out: "users:x:100:\n"
        ),
        .account(
            "lock and unlock",
            "usermod -p h node; usermod -L node; tail -n 1 /etc/shadow; usermod -U node; tail -n 1 /etc/shadow",
            out: "node:!h:1:0:99999:7:::\nnode:h:1:0:99999:7:::\n"
        ),
        .account("missing", "usermod -s /bin/sh nosuch", exit: 6, err: "usermod: user 'nosuch' does not exist\n"),
        .account("no such group", "usermod -g nosuch node", exit: 6, err: "usermod: group 'nosuch' does not exist\n"),
        .account("number taken", "usermod -u 0 node", exit: 4, err: "usermod: UID '0' already exists\n"),
        .account("name taken", "usermod -l root node", exit: 9, err: "usermod: user 'root' already exists\n"),
        .account("not root", "usermod -u 5 node", exit: 1, err: ModelRow.locked("usermod", "/etc/passwd"), user: 1000),
    ]

    @Test("changes a user or says why not", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
