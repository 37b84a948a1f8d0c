// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("corepack")
struct CorepackTests {
    static let rows: [ModelRow] = [
        ModelRow("enable", "corepack enable", unknown: ["corepack puts links of yarn and pnpm beside node"]),
        ModelRow(
            "prepare",
            "corepack prepare yarn@1 --activate",
            exit: nil,
            unknown: ["corepack fetches a package manager from a network"]
        ),
        ModelRow("no command", "corepack", exit: nil, unknown: ["corepack fetches a package manager from a network"]),
    ]

    @Test("says what it cannot know", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
