// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("Debian: adduser")
struct AdduserTests {
    static let rows: [ModelRow] = [
        .account(
            "system",
            "adduser --system app",
            out:
                "Adding system user `app' (UID 100) ...\nAdding new user `app' (UID 100) with group `nogroup' ...\nNot creating `/nonexistent'.\n",
            after: [
                "/etc/passwd": ModelRow.passwd + "app:x:100:65534::/nonexistent:/usr/sbin/nologin\n",
                "/etc/shadow": ModelRow.shadow + "app:!:0::::::\n",
            ]
        ),
        .account(
            "system, with a group",
            "adduser --quiet --system --group app",
            after: ["/etc/group": ModelRow.group + "app:x:101:\n"]
        ),
        .account(
            "system, once more",
            "adduser --quiet --system app; adduser --system app",
            out: "The system user `app' already exists. Exiting.\n"
        ),
        .account(
            "plain",
            "adduser --quiet --disabled-password --gecos '' app",
            after: [
                "/etc/passwd": ModelRow.passwd + "app:x:1001:1001:,,,:/home/app:/bin/bash\n",
                "/etc/group": "root:x:0:\nusers:x:100:app\nnode:x:1000:\nnogroup:x:65534:\napp:x:1001:\n",
                "/home/app/": "",
            ]
        ),
        .account(
            "full name",
            "adduser --quiet --disabled-password --gecos 'Full Name,1,2,3' app; tail -n 1 /etc/passwd",
            out: "app:x:1001:1001:Full Name,1,2,3:/home/app:/bin/bash\n"
        ),
        .account(
            "one dash, beginnings",
            "adduser -q -sys -home /app app; tail -n 1 /etc/passwd",
            out: "app:x:100:65534::/app:/usr/sbin/nologin\n"
        ),
        .account(
            "number by its beginning",
            "adduser -q -u 1500 --disabled-p --comment= app; tail -n 1 /etc/passwd",
            out: "app:x:1500:1500:,,,:/home/app:/bin/bash\n"
        ),
        .account(
            "a number that no account can have",
            "adduser --uid 4294967296 app",
            exit: 1,
            err: "adduser: invalid user ID '4294967296'\n"
        ),
        .account(
            "a group number that no group can have",
            "addgroup --gid 99999999999 app",
            exit: 1,
            err: "addgroup: invalid group ID '99999999999'\n"
        ),
        .account(
            "into a group",
            "adduser node users; sed -n 2p /etc/group",
            out: "Adding user `node' to group `users' ...\nDone.\nusers:x:100:node\n"
        ),
        .account(
            "group",
            "addgroup app",
            out: "Adding group `app' (GID 1001) ...\nDone.\n",
            after: ["/etc/group": ModelRow.group + "app:x:1001:\n"]
        ),
        .account("system group", "addgroup --system app", out: "Adding group `app' (GID 101) ...\nDone.\n"),
        .account(
            "system group, once more",
            "addgroup --quiet --system app; addgroup --system app",
            err: "addgroup: The group `app' already exists as a system group. Exiting.\n"
        ),
        .account("group, name taken", "addgroup node", exit: 1, err: "addgroup: The group `node' already exists.\n"),
        .account("name taken", "adduser node", exit: 1, err: "adduser: The user `node' already exists.\n"),
        .account("number taken", "adduser --uid 1000 app", exit: 1, err: "adduser: The UID 1000 is already in use.\n"),
        .account(
            "no such group",
            "adduser --system --ingroup NOGROUP app",
            exit: 1,
            err: "adduser: The group `NOGROUP' does not exist.\n"
        ),
        .account(
            "BusyBox's option",
            "adduser -D app",
            exit: 1,
            err: "Option d is ambiguous (debug, disabled-login, disabled-password)\n"
        ),
        .account(
            "options that are wrong",
            "adduser --nosuch --uid x app",
            exit: 1,
            err: "Unknown option: nosuch\nValue \"x\" invalid for option uid (number expected)\n"
        ),
        .account(
            "bad name",
            "adduser --system App",
            exit: 1,
            err:
                "adduser: Please enter a username matching the regular expression\n            configured via the SYS_NAME_REGEX configuration variable.  Use the\n            `--allow-bad-names' option to relax this check or reconfigure\n            SYS_NAME_REGEX in configuration.\n"
        ),
        .account("three names", "adduser a b c", exit: 1, err: "adduser: Only one or two names allowed.\n"),
        .account(
            "not root",
            "adduser --system app",
            exit: 1,
            err: "adduser: Only root may add a user or group to the system.\n",
            user: 1000
        ),
    ]

    @Test("adds users and groups as Debian does", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
