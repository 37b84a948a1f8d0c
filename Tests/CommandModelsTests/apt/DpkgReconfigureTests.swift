// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("dpkg-reconfigure")
struct DpkgReconfigureTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "with words",
            "dpkg-reconfigure x",
            exit: nil,
            unknown: ["dpkg-reconfigure changes files in a way that is not followed"]
        ),
        ModelRow(
            "without words",
            "dpkg-reconfigure",
            exit: nil,
            unknown: ["dpkg-reconfigure changes files in a way that is not followed"]
        ),
    ]

    @Test("follows nothing", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
