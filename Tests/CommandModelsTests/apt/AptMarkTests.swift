// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("apt-mark")
struct AptMarkTests {
    static let rows: [ModelRow] = [
        ModelRow("hold", "apt-mark hold curl"),
        ModelRow("without words", "apt-mark"),
        ModelRow(
            "with words that are not known",
            "apt-mark hold $(curl x)",
            exit: nil,
            unknown: ["curl fetches x from a network: what comes is not known", "the words of apt-mark are not known"]
        ),
    ]

    @Test("changes no file", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
