// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("package managers of languages")
struct LanguagePackageManagerTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "pip",
            "pip install flask",
            exit: nil,
            unknown: ["pip install installs packages in a way that is not followed"]
        ),
        ModelRow(
            "by path",
            "/usr/bin/gem install a",
            exit: nil,
            unknown: ["gem install installs packages in a way that is not followed"]
        ),
        ModelRow("no words", "cargo", exit: nil, unknown: ["cargo  installs packages in a way that is not followed"]),
        ModelRow("a version", "go --version", exit: nil, unknown: ["the version of go is not known"]),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
