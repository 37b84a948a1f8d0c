// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("Debian: deluser")
struct DeluserTests {
    static let rows: [ModelRow] = [
        .account(
            "plain",
            "deluser node",
            out: "Removing user `node' ...\nDone.\n",
            err: "deluser: `/usr/bin/crontab' not executed. Skipping crontab removal. Package `cron' required.\n",
            after: ["/etc/passwd": "root:x:0:0:root:/root:/bin/bash\n", "/home/node/": ""]
        ),
        .account(
            "out of a group",
            "adduser --quiet node users; deluser node users",
            out: "Removing user `node' from group `users' ...\nDone.\n",
            after: ["/etc/group": ModelRow.group]
        ),
        .account(
            "not in it",
            "deluser node users",
            exit: 6,
            err: "deluser: The user `node' is not a member of group `users'.\n"
        ),
        .account("group", "delgroup users", out: "Removing group `users' ...\nDone.\n"),
        .account(
            "somebody's main group",
            "delgroup node",
            exit: 7,
            err: "delgroup: `node' still has `node' as their primary group!\n"
        ),
        .account("missing", "deluser nosuch", exit: 2, err: "deluser: The user `nosuch' does not exist.\n"),
        .account("missing, system", "deluser --quiet --system nosuch"),
        .account("missing group", "delgroup nosuch", exit: 3, err: "delgroup: The group `nosuch' does not exist.\n"),
        .account("root", "deluser root >/dev/null", exit: 9, after: ["/etc/passwd": ModelRow.passwd]),
        .account(
            "home without perl",
            "deluser --remove-home node",
            exit: 8,
            err:
                "deluser: In order to use the --remove-home, --remove-all-files, and --backup features,\nyou need to install the `perl' package. To accomplish that, run\napt-get install perl.\n",
            also: ["/var/lib/dpkg/status": ""]
        ),
        .account(
            "home with perl",
            "deluser --quiet --remove-home node 2>/dev/null",
            after: ["/home/node": nil],
            also: ["/var/lib/dpkg/status": "Package: perl\nStatus: install ok installed\n"]
        ),
        .account(
            "not root",
            "deluser node",
            exit: 1,
            err: "deluser: Only root may remove a user or group from the system.\n",
            user: 1000
        ),
    ]

    @Test("removes users and groups as Debian does", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
