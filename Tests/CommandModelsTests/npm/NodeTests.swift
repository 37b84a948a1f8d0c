// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("node")
struct NodeTests {
    static let rows: [ModelRow] = [
        ModelRow("version by environment", "NODE_VERSION=24.1.0-x node -v", out: "v24.1.0\n"),
        ModelRow("version that is not known", "node --version", out: "v0.0.0\n"),
        ModelRow("a script", "node x.js", exit: nil, unknown: ["node runs x.js, which is not followed"]),
        ModelRow(
            "by its other name",
            "nodejs",
            exit: nil,
            unknown: ["node runs standard input, which is not followed"]
        ),
        ModelRow("a program on the line", "node -e 1", exit: nil, unknown: ["a program of Node.js is not followed"]),
    ]

    @Test("tells its version and follows no program", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
