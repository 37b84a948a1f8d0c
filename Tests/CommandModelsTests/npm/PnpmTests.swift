// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("pnpm")
struct PnpmTests {
    static let rows: [ModelRow] = [
        ModelRow("no command", "pnpm"),
        ModelRow("store", "pnpm store prune"),
        ModelRow(
            "install",
            "pnpm i",
            exit: nil,
            given: ["/w/package.json": "{}"],
            unknown: ["pnpm i installs packages; pnpm-lock.yaml is not read, so which ones is not known"]
        ),
        ModelRow(
            "nothing to install",
            "pnpm install",
            exit: 1,
            out: " ERR_PNPM_NO_PKG_MANIFEST  No package.json found in /w\n"
        ),
        ModelRow(
            "a script",
            "pnpm build",
            exit: nil,
            unknown: ["pnpm build runs programs of packages, which is not followed"]
        ),
    ]

    @Test("says what it cannot know", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
