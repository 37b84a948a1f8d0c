// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("BusyBox: chpasswd")
struct BusyboxChpasswdTests {
    static let rows: [ModelRow] = [
        .account(
            "hash",
            "echo 'node:h' | chpasswd -e; tail -n 1 /etc/shadow",
            out: "chpasswd: password for 'node' changed\nnode:h:0:0:99999:7:::\n",
            programs: .busybox
        ),
        .account(
            "no such user",
            "echo 'nosuch:h' | chpasswd",
            exit: 1,
            err: "chpasswd: unknown user nosuch\n",
            programs: .busybox
        ),
        .account(
            "no colon",
            "echo node | chpasswd",
            exit: 1,
            err: "chpasswd: missing new password\n",
            programs: .busybox
        ),
        .account(
            "not root",
            "echo node:x | chpasswd",
            exit: 1,
            err: "chpasswd: Permission denied.\n",
            programs: .busybox,
            user: 1000
        ),
    ]

    @Test("sets passwords from lines as Alpine does", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
