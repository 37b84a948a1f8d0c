// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("groupdel")
struct GroupdelTests {
    static let rows: [ModelRow] = [
        .account("plain", "groupdel users; cat /etc/group", out: "root:x:0:\nnode:x:1000:\nnogroup:x:65534:\n"),
        .account("gshadow", "groupdel users; grep -c users /etc/gshadow", exit: 1, out: "0\n"),
        .account(
            "somebody's main group",
            "groupdel node",
            exit: 8,
            err: "groupdel: cannot remove the primary group of user 'node'\n"
        ),
        .account("somebody's, forced", "groupdel -f node; grep -c node /etc/group", exit: 1, out: "0\n"),
        .account("missing", "groupdel nosuch", exit: 6, err: "groupdel: group 'nosuch' does not exist\n"),
        .account("two names", "groupdel a b", exit: 2, err: "Usage: groupdel [options] GROUP\n"),
        .account("not root", "groupdel users", exit: 10, err: ModelRow.locked("groupdel", "/etc/group"), user: 1000),
    ]

    @Test("removes a group or says why not", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
