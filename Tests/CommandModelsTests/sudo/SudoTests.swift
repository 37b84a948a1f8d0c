// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("sudo")
struct SudoTests {
    static let rows: [ModelRow] = [
        ModelRow("as root", "sudo id -u", out: "0\n"),
        ModelRow(
            "-u",
            "sudo -u bob id -un; id -u",
            out: "bob\n0\n",
            given: ModelRow.people
        ),
        ModelRow("an option", "sudo -E echo a", out: "a\n"),
        ModelRow(
            "nobody",
            "sudo -u ann id",
            exit: 1,
            err: "sudo: unknown user ann\n",
            given: ModelRow.people
        ),
        ModelRow(
            "not root",
            "sudo id",
            exit: nil,
            unknown: ["whether sudo lets this user through is not known"],
            user: 7
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
