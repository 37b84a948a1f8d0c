// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("BusyBox: deluser")
struct BusyboxDeluserTests {
    static let rows: [ModelRow] = [
        .account(
            "plain",
            "deluser node",
            after: ["/etc/passwd": "root:x:0:0:root:/root:/bin/bash\n", "/home/node/": ""],
            programs: .busybox
        ),
        .account("with its home", "deluser --remove-home node", after: ["/home/node": nil], programs: .busybox),
        .account(
            "out of a group",
            "addgroup node users; deluser node users; sed -n 2p /etc/group",
            out: "users:x:100:\n",
            programs: .busybox
        ),
        .account(
            "not in it",
            "deluser node users",
            exit: 1,
            err: "deluser: can't find node in /etc/group\n",
            programs: .busybox
        ),
        .account("missing", "deluser nosuch", exit: 1, err: "deluser: unknown user nosuch\n", programs: .busybox),
    ]

    @Test("removes a user as Alpine does", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
