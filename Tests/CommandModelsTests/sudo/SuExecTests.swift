// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("su-exec")
struct SuExecTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "by name",
            "su-exec bob id -un",
            out: "bob\n",
            given: ModelRow.people
        ),
        ModelRow(
            "at home",
            "su-exec bob printenv HOME; printenv HOME",
            out: "/home/bob\n/root\n",
            given: ModelRow.people
        ),
        ModelRow("by numbers", "su-exec 7:8 id", out: "uid=7 gid=8 groups=8\n"),
        ModelRow(
            "what it makes is the other's",
            "su-exec bob touch f; stat -c %u f; id -u",
            out: "1000\n0\n",
            given: ModelRow.people
        ),
        ModelRow(
            "nobody",
            "su-exec ann id",
            exit: 1,
            err:
                "su-exec: error: failed switching to \"ann\": unable to find user ann: no matching entries in passwd file\n",
            given: ModelRow.people
        ),
        ModelRow(
            "a user and a group",
            "su-exec bob:team id",
            out: "uid=1000(bob) gid=2000(team) groups=2000(team)\n",
            given: ModelRow.people
        ),
        ModelRow(
            "a number that has an account",
            "su-exec 1000 id -un; su-exec 1000 printenv HOME",
            out: "bob\n/home/bob\n",
            given: ModelRow.people
        ),
        ModelRow(
            "a group that is not there",
            "su-exec bob:crew id",
            exit: 1,
            err:
                "su-exec: error: failed switching to \"bob:crew\": unable to find group crew: no matching entries in group file\n",
            given: ModelRow.people
        ),
        ModelRow("a number is at home in the root", "su-exec 7 printenv HOME", out: "/\n"),
        ModelRow(
            "a number that is too large",
            "su-exec 2147483648 id",
            exit: 1,
            err:
                "su-exec: error: failed switching to \"2147483648\": uids and gids must be in range 0-2147483647\n"
        ),
        ModelRow("no program", "su-exec bob", exit: 1, err: "su-exec: missing operand\n" + ModelRow.tryHelp("su-exec")),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
