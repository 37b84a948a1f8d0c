// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("curl")
struct CurlTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "to its output",
            "curl -fsSL http://x/a",
            exit: nil,
            unknown: ["curl fetches http://x/a from a network: what comes is not known"]
        ),
        ModelRow(
            "-o",
            "curl -o f http://x/a",
            exit: nil,
            unknown: ["curl fetches http://x/a from a network: what comes is not known"]
        ),
        ModelRow(
            "-O",
            "curl -O http://x/a?b",
            exit: nil,
            unknown: ["curl fetches http://x/a?b from a network: what comes is not known"]
        ),
        ModelRow(
            "where it may not write",
            "curl -o /f http://x/a",
            exit: 23,
            err: "curl: (23) Failure writing output to destination\n",
            user: 7
        ),
        ModelRow(
            "an option that is not known",
            "curl --nope http://x/a",
            exit: nil,
            unknown: ["curl fetches  from a network: what comes is not known"]
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
