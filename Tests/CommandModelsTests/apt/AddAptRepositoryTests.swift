// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("add-apt-repository")
struct AddAptRepositoryTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "with words",
            "add-apt-repository x",
            exit: nil,
            unknown: ["add-apt-repository adds a source of packages"]
        ),
        ModelRow(
            "without words",
            "add-apt-repository",
            exit: nil,
            unknown: ["add-apt-repository adds a source of packages"]
        ),
    ]

    @Test("follows nothing", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
