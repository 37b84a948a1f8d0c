// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("gosu")
struct GosuTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "by name",
            "gosu bob id -un",
            out: "bob\n",
            given: ModelRow.people
        ),
        ModelRow(
            "at home",
            "gosu bob printenv HOME; printenv HOME",
            out: "/home/bob\n/root\n",
            given: ModelRow.people
        ),
        ModelRow("by numbers", "gosu 7:8 id", out: "uid=7 gid=8 groups=8\n"),
        ModelRow(
            "what it makes is the other's",
            "gosu bob touch f; stat -c %u f; id -u",
            out: "1000\n0\n",
            given: ModelRow.people
        ),
        ModelRow(
            "nobody",
            "gosu ann id",
            exit: 1,
            err:
                "gosu: error: failed switching to \"ann\": unable to find user ann: no matching entries in passwd file\n",
            given: ModelRow.people
        ),
        ModelRow(
            "a user and a group",
            "gosu bob:team id",
            out: "uid=1000(bob) gid=2000(team) groups=2000(team)\n",
            given: ModelRow.people
        ),
        ModelRow(
            "a number that has an account",
            "gosu 1000 id -un; gosu 1000 printenv HOME",
            out: "bob\n/home/bob\n",
            given: ModelRow.people
        ),
        ModelRow(
            "a group that is not there",
            "gosu bob:crew id",
            exit: 1,
            err:
                "gosu: error: failed switching to \"bob:crew\": unable to find group crew: no matching entries in group file\n",
            given: ModelRow.people
        ),
        ModelRow("a number is at home in the root", "gosu 7 printenv HOME", out: "/\n"),
        ModelRow(
            "a number that is too large",
            "gosu 2147483648 id",
            exit: 1,
            err:
                "gosu: error: failed switching to \"2147483648\": uids and gids must be in range 0-2147483647\n"
        ),
        ModelRow("no program", "gosu bob", exit: 1, err: "gosu: missing operand\n" + ModelRow.tryHelp("gosu")),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
