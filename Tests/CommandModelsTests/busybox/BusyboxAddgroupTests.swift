// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("BusyBox: addgroup")
struct BusyboxAddgroupTests {
    static let rows: [ModelRow] = [
        .account("plain", "addgroup app", after: ["/etc/group": ModelRow.group + "app:x:1001:\n"], programs: .busybox),
        .account(
            "system",
            "addgroup -S app",
            after: ["/etc/group": ModelRow.group + "app:x:101:\n"],
            programs: .busybox
        ),
        .account(
            "number",
            "addgroup -g 7 app",
            after: ["/etc/group": ModelRow.group + "app:x:7:\n"],
            programs: .busybox
        ),
        .account(
            "a user into a group",
            "addgroup node users; sed -n 2p /etc/group",
            out: "users:x:100:node\n",
            programs: .busybox
        ),
        .account("name taken", "addgroup node", exit: 1, err: "addgroup: group 'node' in use\n", programs: .busybox),
        .account(
            "number taken",
            "addgroup -g 100 app",
            exit: 1,
            err: "addgroup: gid '100' in use\n",
            programs: .busybox
        ),
        .account(
            "no such user",
            "addgroup nosuch users",
            exit: 1,
            err: "addgroup: unknown user nosuch\n",
            programs: .busybox
        ),
        .account(
            "no name",
            "addgroup",
            exit: 1,
            err: "BusyBox v1.36.1 multi-call binary.\n\nUsage: addgroup [OPTIONS] NAME\n",
            programs: .busybox
        ),
        .account(
            "not root",
            "addgroup app",
            exit: 1,
            err: "addgroup: Permission denied. Are you root?\n",
            programs: .busybox,
            user: 1000
        ),
    ]

    @Test("adds a group as Alpine does", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
