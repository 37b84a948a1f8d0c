// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("apt-key")
struct AptKeyTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "with words",
            "apt-key x",
            exit: nil,
            unknown: ["apt-key changes the keyring in a way that is not followed"]
        ),
        ModelRow(
            "without words",
            "apt-key",
            exit: nil,
            unknown: ["apt-key changes the keyring in a way that is not followed"]
        ),
    ]

    @Test("follows nothing", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
