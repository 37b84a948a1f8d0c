// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("groups")
struct GroupsTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "of the user",
            "groups",
            out: "root\n",
            given: ModelRow.people
        ),
        ModelRow(
            "of somebody",
            "groups bob",
            out: "bob : bob team\n",
            given: ModelRow.people
        ),
        ModelRow(
            "a number without a group",
            "groups web",
            out: "web : 33\n",
            given: ModelRow.people
        ),
        ModelRow(
            "of nobody",
            "groups ann",
            exit: 1,
            err: "groups: 'ann': no such user\n",
            given: ModelRow.people
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
