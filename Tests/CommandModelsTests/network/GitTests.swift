// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("git")
struct GitTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "clone",
            "git clone http://x/a.git",
            exit: nil,
            after: ["/w/a/": ""],
            unknown: ["git clones http://x/a.git from a network: what comes is not known"]
        ),
        ModelRow(
            "clone into",
            "git clone http://x/a b",
            exit: nil,
            after: ["/w/b/": ""],
            unknown: ["git clones http://x/a from a network: what comes is not known"]
        ),
        ModelRow("config", "git config --global a.b c"),
        ModelRow("what it prints", "git --version", exit: nil, unknown: ["what git prints is not known"]),
        ModelRow("a change", "git pull", exit: nil, unknown: ["git pull changes files in a way that is not followed"]),
        ModelRow(
            "where it may not write",
            "cd /; git clone http://x/a",
            exit: 128,
            err: "git: fatal: could not create work tree dir 'a': Permission denied\n",
            user: 7
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
