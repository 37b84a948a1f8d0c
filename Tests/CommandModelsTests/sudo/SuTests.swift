// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("su")
struct SuTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "-c",
            "su bob -c 'id -un'",
            out: "bob\n",
            given: ModelRow.people
        ),
        ModelRow(
            "its variables",
            "su bob -c 'echo $HOME $USER $SHELL'",
            out: "/home/bob bob /bin/sh\n",
            given: ModelRow.people
        ),
        ModelRow(
            "-m",
            "su -m bob -c 'echo $HOME'",
            out: "/root\n",
            given: ModelRow.people
        ),
        ModelRow(
            "a login begins at home",
            "su - bob -c pwd; pwd",
            out: "/home/bob\n/w\n",
            given: ModelRow.people.merging(["/home/bob/": ""]) { $1 }
        ),
        ModelRow(
            "a login without a home",
            "su - bob -c pwd",
            out: "/w\n",
            err: "su: warning: cannot change directory to /home/bob: No such file or directory\n",
            given: ModelRow.people
        ),
        ModelRow(
            "no shell",
            "su web",
            exit: 1,
            out: "This account is currently not available.\n",
            given: ModelRow.people
        ),
        ModelRow(
            "nobody",
            "su ann",
            exit: 1,
            err: "su: user ann does not exist or the user entry does not contain all the required fields\n",
            given: ModelRow.people
        ),
        ModelRow(
            "not root",
            "su root",
            exit: 1,
            err: "su: Authentication failure\n",
            given: ModelRow.people,
            user: 1000
        ),
        .busybox(
            "nobody",
            "su ann",
            exit: 1,
            err: "su: unknown user ann\n",
            given: ModelRow.people
        ),
        ModelRow("an option that is none", "su --nope", exit: 1, err: "su: unrecognized option '--nope'\n"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
