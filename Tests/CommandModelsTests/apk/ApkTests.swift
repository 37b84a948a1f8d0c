// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("apk")
struct ApkTests {
    private static let installed = [
        "/lib/apk/db/installed":
            "P:base\nV:1\n\nP:lib\nV:1\np:so:lib.1=1\n\nP:tool\nV:2\nD:base so:lib.1 lib\nF:usr/bin\nR:tool\na:0:0:755\n\n",
        "/etc/apk/world": "base\n", "/usr/bin/tool": "x",
    ]

    static let rows: [ModelRow] = [
        ModelRow("architecture", "apk --print-arch", out: "x86_64\n"),
        ModelRow("update", "apk update --no-cache"),
        ModelRow("no words", "apk", exit: 1),
        ModelRow(
            "already there",
            "apk add --no-cache so:lib.1 tool",
            out: "OK\n",
            given: installed,
            after: ["/etc/apk/world": "base\nso:lib.1\ntool\n"]
        ),
        ModelRow(
            "nobody knows it",
            "apk add --no-cache curl",
            exit: nil,
            given: installed,
            unknown: ["apk add installs curl, of which nothing is known here"]
        ),
        ModelRow(
            "another version",
            "apk add --no-cache 'tool>3'",
            exit: nil,
            given: installed,
            unknown: ["apk add installs tool>3, of which nothing is known here"]
        ),
        ModelRow(
            "virtual",
            "apk add --no-cache -t .deps tool; grep -A 1 deps /lib/apk/db/installed",
            out: "OK\nP:.deps\nV:19700101.000000\n",
            given: installed,
            after: ["/etc/apk/world": ".deps\nbase\n"]
        ),
        ModelRow(
            "no database",
            "apk add curl",
            exit: 99,
            err: "ERROR: Unable to read database: No such file or directory\n"
        ),
        ModelRow(
            "delete, with what only it needed",
            "apk del tool",
            out: "Purging lib\nPurging tool\n",
            given: installed,
            after: ["/usr/bin/tool": nil, "/lib/apk/db/installed": "P:base\nV:1\n\n", "/etc/apk/world": "base\n"]
        ),
        ModelRow(
            "delete what others need",
            "apk del lib",
            exit: nil,
            given: installed,
            unknown: ["apk del is to remove lib, which other packages need"]
        ),
        ModelRow("delete what is not there", "apk del nosuch", given: installed),
        ModelRow("no such command", "apk frob", exit: 1, err: "apk: 'frob' is not an apk command. See 'apk --help'.\n"),
        ModelRow("no such option", "apk --nosuch info", exit: nil, unknown: ["apk: unrecognized option: nosuch"]),
        ModelRow(
            "not root",
            "apk add curl",
            exit: 99,
            err:
                "ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n",
            user: 1000
        ),
    ]

    @Test("installs and removes packages", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
