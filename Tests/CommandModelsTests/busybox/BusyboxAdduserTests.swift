// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("BusyBox: adduser")
struct BusyboxAdduserTests {
    static let rows: [ModelRow] = [
        .account(
            "system",
            "adduser -S app",
            after: [
                "/etc/passwd": ModelRow.passwd + "app:x:100:65534:Linux User,,,:/home/app:/sbin/nologin\n",
                "/etc/shadow": ModelRow.shadow + "app:!:0:0:99999:7:::\n", "/home/app/": "",
            ],
            programs: .busybox
        ),
        .account(
            "long options, in a group",
            "adduser --system --ingroup users app; sed -n 2p /etc/group",
            out: "users:x:100:app\n",
            programs: .busybox
        ),
        .account(
            "plain",
            "adduser -D -H -h /srv -s /bin/ash -g me app",
            after: [
                "/etc/passwd": ModelRow.passwd + "app:x:1001:1001:me:/srv:/bin/ash\n",
                "/etc/group": ModelRow.group + "app:x:1001:\n", "/home/app": nil,
            ],
            programs: .busybox
        ),
        .account(
            "into a group",
            "adduser node users; sed -n 2p /etc/group",
            out: "users:x:100:node\n",
            programs: .busybox
        ),
        .account(
            "nobody answers",
            "adduser app",
            exit: 1,
            out: "Changing password for app\nNew password: ",
            err: "\npasswd: password for app is unchanged\n",
            programs: .busybox
        ),
        .account("name taken", "adduser -D node", exit: 1, err: "adduser: user 'node' in use\n", programs: .busybox),
        .account(
            "number taken",
            "adduser -D -u 1000 app",
            exit: 1,
            err: "adduser: uid '1000' in use\n",
            programs: .busybox
        ),
        .account(
            "no such group",
            "adduser -D -G nosuch app",
            exit: 1,
            err: "adduser: unknown group nosuch\n",
            programs: .busybox
        ),
        .account(
            "bad name",
            "adduser -D 'a b'",
            exit: 1,
            err: "adduser: illegal character with code 0x20 at position 1\n",
            programs: .busybox
        ),
        .account(
            "no such option",
            "adduser --gecos",
            exit: 1,
            err: "adduser: option requires an argument: gecos\n" + ModelRow.busyboxUsage("adduser"),
            programs: .busybox
        ),
        .account(
            "not root",
            "adduser -D app",
            exit: 1,
            err: "adduser: Permission denied. Are you root?\n",
            programs: .busybox,
            user: 1000
        ),
    ]

    @Test("adds a user as Alpine does", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
