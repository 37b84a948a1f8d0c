// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("wget")
struct WgetTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "a file",
            "wget http://x/a",
            exit: nil,
            unknown: ["wget fetches http://x/a from a network: what comes is not known"]
        ),
        ModelRow(
            "-O",
            "wget -q -O f http://x/a",
            exit: nil,
            unknown: ["wget fetches http://x/a from a network: what comes is not known"]
        ),
        ModelRow(
            "to its output",
            "wget -O - http://x/a",
            exit: nil,
            unknown: ["wget fetches http://x/a from a network: what comes is not known"]
        ),
        ModelRow(
            "a folder that is missing",
            "wget -P d http://x/a",
            exit: 3,
            err: "wget: a: No such file or directory\n"
        ),
        ModelRow(
            "where it may not write",
            "wget -O /f http://x/a",
            exit: 3,
            err: "wget: /f: Permission denied\n",
            user: 7
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
