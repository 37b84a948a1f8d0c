// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("BusyBox: delgroup")
struct BusyboxDelgroupTests {
    static let rows: [ModelRow] = [
        .account(
            "plain",
            "delgroup users",
            after: ["/etc/group": "root:x:0:\nnode:x:1000:\nnogroup:x:65534:\n"],
            programs: .busybox
        ),
        .account(
            "somebody's main group",
            "delgroup node",
            exit: 1,
            err: "delgroup: 'node' still has 'node' as their primary group!\n",
            programs: .busybox
        ),
        .account(
            "a user out of it",
            "addgroup node users; delgroup node users; sed -n 2p /etc/group",
            out: "users:x:100:\n",
            programs: .busybox
        ),
        .account("missing", "delgroup nosuch", exit: 1, err: "delgroup: unknown group nosuch\n", programs: .busybox),
        .account(
            "no such user",
            "delgroup nosuch users",
            exit: 1,
            err: "delgroup: unknown user nosuch\n",
            programs: .busybox
        ),
    ]

    @Test("removes a group as Alpine does", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
