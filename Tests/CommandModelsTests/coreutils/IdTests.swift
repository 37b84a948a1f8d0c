// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("id")
struct IdTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "the user",
            "id",
            out: "uid=0(root) gid=0(root) groups=0(root)\n",
            given: ModelRow.people
        ),
        ModelRow("-u", "id -u", out: "1000\n", user: 1000),
        ModelRow(
            "-un",
            "id -un",
            out: "bob\n",
            given: ModelRow.people,
            user: 1000
        ),
        ModelRow(
            "-G of somebody",
            "id -Gn bob",
            out: "bob team\n",
            given: ModelRow.people
        ),
        ModelRow(
            "-g",
            "id -g bob",
            out: "1000\n",
            given: ModelRow.people
        ),
        ModelRow("without account files", "id", out: "uid=7 gid=7 groups=7\n", user: 7),
        ModelRow(
            "nobody",
            "id ann",
            exit: 1,
            err: "id: 'ann': no such user\n",
            given: ModelRow.people
        ),
        .busybox(
            "nobody",
            "id ann",
            exit: 1,
            err: "id: unknown user ann\n",
            given: ModelRow.people
        ),
        ModelRow(
            "an option that is none",
            "id -y",
            exit: 1,
            err: "id: invalid option -- 'y'\n" + ModelRow.tryHelp("id")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
