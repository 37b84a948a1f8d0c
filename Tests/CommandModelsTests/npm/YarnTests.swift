// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("yarn")
struct YarnTests {
    static let rows: [ModelRow] = [
        ModelRow("version", "yarn --version", out: "0.0.0\n"),
        ModelRow(
            "install",
            "yarn",
            exit: nil,
            given: ["/w/package.json": "{}"],
            unknown: ["yarn install installs packages; yarn.lock is not read, so which ones is not known"]
        ),
        ModelRow("nothing to install", "yarn install"),
        ModelRow("cache", "yarn cache clean"),
        ModelRow(
            "by its other name",
            "yarnpkg add x",
            exit: nil,
            unknown: ["yarnpkg add installs packages; yarn.lock is not read, so which ones is not known"]
        ),
        ModelRow(
            "a script",
            "yarn build",
            exit: nil,
            unknown: ["yarn build runs programs of packages, which is not followed"]
        ),
    ]

    @Test("says what it cannot know", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
