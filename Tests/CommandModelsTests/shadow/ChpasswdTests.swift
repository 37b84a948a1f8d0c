// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("chpasswd")
struct ChpasswdTests {
    static let rows: [ModelRow] = [
        .account("hash", "echo 'node:h' | chpasswd -e; tail -n 1 /etc/shadow", out: "node:h:0:0:99999:7:::\n"),
        .account(
            "text",
            "echo 'node:secret' | chpasswd; grep -c secret /etc/shadow; [ -e /etc/shadow- ]",
            exit: 1,
            out: "0\n",
            unknown: ["the hash of a password that chpasswd writes has a random salt"]
        ),
        .account(
            "no such user",
            "printf 'node:h\\nnosuch:x\\n' | chpasswd -e",
            exit: 1,
            err: "chpasswd: line 2: user 'nosuch' does not exist\nchpasswd: error detected, changes ignored\n",
            after: ["/etc/shadow": ModelRow.shadow]
        ),
        .account(
            "no colon",
            "echo node | chpasswd",
            exit: 1,
            err: "chpasswd: line 1: missing new password\nchpasswd: error detected, changes ignored\n"
        ),
        .account("nothing", "chpasswd </dev/null", after: ["/etc/shadow": ModelRow.shadow]),
        .account("not root", "echo node:x | chpasswd", exit: 1, err: "chpasswd: Permission denied.\n", user: 1000),
    ]

    @Test("sets passwords from lines", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
