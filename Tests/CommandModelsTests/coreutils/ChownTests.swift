// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("chown")
struct ChownTests {
    private static let accounts = [
        "/etc/passwd": "root:x:0:0::/root:/bin/sh\nnode:x:1000:1001::/home/node:/bin/sh\n",
        "/etc/group": "root:x:0:\nstaff:x:50:\nnode:x:1001:\n",
    ]

    static let rows: [ModelRow] = [
        ModelRow("a user by name", "touch a; chown node a; stat -c %u:%g a", out: "1000:0\n", given: accounts),
        ModelRow(
            "a user and a group",
            "touch a; chown node:staff a; stat -c %U:%G a",
            out: "node:staff\n",
            given: accounts
        ),
        ModelRow("a user with the main group", "touch a; chown node: a; stat -c %g a", out: "1001\n", given: accounts),
        ModelRow("a group alone, with an old dot", "touch a; chown :50 a; chown 7.8 a; stat -c %u:%g a", out: "7:8\n"),
        ModelRow("-R goes down", "mkdir -p a/b; touch a/b/c; chown -R 9 a; stat -c %u a/b/c", out: "9\n"),
        ModelRow("setuid goes", "touch a; chmod 4755 a; chown 9 a; stat -c %a a", out: "755\n"),
        ModelRow("-h changes the link", "touch a; ln -s a l; chown -h 9 l; stat -c %u a l", out: "0\n9\n"),
        ModelRow(
            "a user that is missing",
            "touch a; chown nope a",
            exit: 1,
            err: "chown: invalid user: 'nope'\n",
            given: accounts
        ),
        ModelRow(
            "a group that is missing",
            "touch a; chown node:nope a",
            exit: 1,
            err: "chown: invalid group: 'node:nope'\n",
            given: accounts
        ),
        ModelRow(
            "no file",
            "chown node",
            exit: 1,
            err: "chown: missing operand after 'node'\n" + ModelRow.tryHelp("chown")
        ),
        ModelRow(
            "only root gives away",
            "touch a; chown 9 a",
            exit: 1,
            err: "chown: changing ownership of 'a': Operation not permitted\n",
            user: 1000
        ),
        .busybox(
            "a user that is missing",
            "touch a; chown nope a",
            exit: 1,
            err: "chown: unknown user nope\n",
            given: accounts
        ),
        .busybox(
            "a group that is missing",
            "touch a; chown node:nope a",
            exit: 1,
            err: "chown: unknown group nope\n",
            given: accounts
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
