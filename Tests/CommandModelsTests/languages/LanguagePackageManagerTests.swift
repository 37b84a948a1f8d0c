// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("package managers of languages")
struct LanguagePackageManagerTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "pip",
            "pip install flask",
            exit: nil,
            unknown: ["what pip install installs or builds is not followed"]
        ),
        ModelRow(
            "by path",
            "/usr/bin/gem install a",
            exit: nil,
            unknown: ["what gem install installs or builds is not followed"]
        ),
        ModelRow("no words", "cargo", exit: nil, unknown: ["what cargo installs or builds is not followed"]),
        ModelRow("a version", "go --version", exit: nil, unknown: ["the version of go is not known"]),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
