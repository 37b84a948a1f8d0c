// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("useradd")
struct UseraddTests {
    static let rows: [ModelRow] = [
        .account(
            "new",
            "useradd app",
            after: [
                "/etc/passwd": ModelRow.passwd + "app:x:1001:1001::/home/app:/bin/sh\n",
                "/etc/group": ModelRow.group + "app:x:1001:\n",
                "/etc/shadow": ModelRow.shadow + "app:!:0:0:99999:7:::\n", "/home/app": nil,
            ]
        ),
        .account(
            "system",
            "useradd -r -s /usr/sbin/nologin app",
            after: [
                "/etc/passwd": ModelRow.passwd + "app:x:999:999::/home/app:/usr/sbin/nologin\n",
                "/etc/shadow": ModelRow.shadow + "app:!:0::::::\n",
            ]
        ),
        .account(
            "in a group",
            "useradd -g users -G node app; tail -n 1 /etc/passwd; sed -n 3p /etc/group",
            out: "app:x:1001:100::/home/app:/bin/sh\nnode:x:1000:app\n"
        ),
        .account(
            "without a group",
            "useradd -N -u 1500 -c 'An app' -d /srv/app app; tail -n 1 /etc/passwd",
            out: "app:x:1500:100:An app:/srv/app:/bin/sh\n"
        ),
        .account("home with a skeleton", "useradd -m app; ls /home/app", out: "x\n", also: ["/etc/skel/x": "1"]),
        .account(
            "home that is there",
            "useradd -m -d /home/node app",
            err:
                "useradd: warning: the home directory /home/node already exists.\nuseradd: Not copying any file from skel directory into it.\n"
        ),
        .account("no home, asked twice", "useradd -m -M app", after: ["/home/app": nil]),
        .account(
            "subordinate numbers",
            "useradd app",
            after: ["/etc/subuid": "node:100000:65536\napp:165536:65536\n"],
            also: ["/etc/subuid": "node:100000:65536\n"]
        ),
        .account(
            "end and password",
            "useradd -e 2030-01-01 -p h -f 3 app; tail -n 1 /etc/shadow",
            out: "app:h:0:0:99999:7:3:21915:\n"
        ),
        .account("name taken", "useradd node", exit: 9, err: "useradd: user 'node' already exists\n"),
        .account(
            "its group is there",
            "useradd users",
            exit: 9,
            err: "useradd: group users exists - if you want to add this user to that group, use -g.\n"
        ),
        .account("number taken", "useradd -u 1000 app", exit: 4, err: "useradd: UID 1000 is not unique\n"),
        .account(
            "root once more",
            "useradd -o -u 0 app; tail -n 1 /etc/passwd",
            out: "app:x:0:1001::/home/app:/bin/sh\n",
            err: "useradd warning: app's uid 0 outside of the UID_MIN 1000 and UID_MAX 60000 range.\n"
        ),
        .account(
            "no such group",
            "useradd -g nosuch app",
            exit: 6,
            err: "useradd: group 'nosuch' does not exist\n",
            after: ["/etc/passwd": ModelRow.passwd]
        ),
        .account(
            "bad name",
            "useradd -- -x",
            exit: 3,
            err: "useradd: invalid user name '-x': use --badname to ignore\n"
        ),
        .account(
            "bad day",
            "useradd -e tomorrow app",
            exit: 3,
            err: "useradd: invalid date 'tomorrow'\n",
            after: ["/etc/passwd": ModelRow.passwd]
        ),
        .account("colon in the comment", "useradd -c a:b app", exit: 3, err: "useradd: invalid comment 'a:b'\n"),
        .account(
            "home that is relative",
            "useradd -d app app",
            exit: 3,
            err: "useradd: invalid home directory 'app'\n"
        ),
        .account(
            "a number too far",
            "useradd -u 4294967295 app",
            exit: 3,
            err: "useradd: invalid user ID '4294967295'\n"
        ),
        .account(
            "no such option",
            "useradd --nosuch app",
            exit: 2,
            err: "useradd: unrecognized option '--nosuch'\n" + ModelRow.tryHelp("useradd")
        ),
        .account("not root", "useradd app", exit: 1, err: ModelRow.locked("useradd", "/etc/passwd"), user: 1000),
    ]

    @Test("adds a user or says why not", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
