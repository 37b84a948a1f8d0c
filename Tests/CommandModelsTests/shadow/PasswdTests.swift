// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("passwd")
struct PasswdTests {
    static let rows: [ModelRow] = [
        .account(
            "lock",
            "passwd -l node; tail -n 1 /etc/shadow",
            out: "passwd: password changed.\nnode:!:1:0:99999:7:::\n"
        ),
        .account(
            "delete",
            "passwd -d node; tail -n 1 /etc/shadow",
            out: "passwd: password changed.\nnode::1:0:99999:7:::\n"
        ),
        .account("quiet, expired", "passwd -q -e node; tail -n 1 /etc/shadow", out: "node:!:0:0:99999:7:::\n"),
        .account("days", "passwd -q -n 1 -x 9 -w 2 -i 3 node; tail -n 1 /etc/shadow", out: "node:!:1:1:9:2:3::\n"),
        .account("status", "passwd -S node", out: "node L 1970-01-02 0 99999 7 -1\n"),
        .account(
            "nobody answers",
            "passwd node",
            exit: 10,
            out: "New password: ",
            err:
                "Password change has been aborted.\npasswd: Authentication token manipulation error\npasswd: password unchanged\n"
        ),
        .account(
            "unlock nothing",
            "passwd -u node",
            exit: 3,
            err:
                "passwd: unlocking the password would result in a passwordless account.\nYou should set a password with usermod -p to unlock the password of this account.\n"
        ),
        .account("missing", "passwd -l nosuch", exit: 1, err: "passwd: user 'nosuch' does not exist\n"),
        .account(
            "no such option",
            "passwd --nosuch",
            exit: 2,
            err: "passwd: unrecognized option '--nosuch'\n" + ModelRow.tryHelp("passwd")
        ),
        .account("not root", "passwd -l node", exit: 1, err: "passwd: Permission denied.\n", user: 1000),
    ]

    @Test("sets, locks and shows passwords", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
