// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("getent")
struct GetentTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "an account",
            "getent passwd bob",
            out: "bob:x:1000:1000::/home/bob:/bin/sh\n",
            given: ModelRow.people
        ),
        ModelRow(
            "by number",
            "getent group 2000",
            out: "team:x:2000:bob\n",
            given: ModelRow.people
        ),
        ModelRow(
            "all",
            "getent group",
            out: "root:x:0:\nbob:x:1000:\nteam:x:2000:bob\n",
            given: ModelRow.people
        ),
        ModelRow(
            "nobody",
            "getent passwd ann",
            exit: 2,
            given: ModelRow.people
        ),
        ModelRow(
            "a base that is none",
            "getent nope",
            exit: 1,
            out: "Try `getent --help' or `getent --usage' for more information.\n",
            err: "Unknown database: nope\n"
        ),
        ModelRow("a network", "getent hosts a", exit: nil, unknown: ["what getent hosts finds is not known"]),
        ModelRow("an option", "getent -s files passwd", exit: nil, unknown: ["this use of getent is not followed"]),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
