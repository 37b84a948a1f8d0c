// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("date")
struct DateCommandTests {
    static let rows: [ModelRow] = [
        ModelRow("the time of the build", "date", out: "Thu Jan  1 00:00:00 UTC 1970\n"),
        ModelRow("a format", "date +%Y-%m-%dT%H:%M:%S%z", out: "1970-01-01T00:00:00+0000\n"),
        ModelRow("another time", "date -u -d @86400 +%F", out: "1970-01-02\n"),
        ModelRow("-I", "date -I", out: "1970-01-01\n"),
        ModelRow("-R", "date -R", out: "Thu, 01 Jan 1970 00:00:00 +0000\n"),
        ModelRow("no format", "date x", exit: 1, err: "date: invalid date 'x'\n"),
        ModelRow("a text", "date -d tomorrow", exit: nil, unknown: ["date -d is not followed"]),
        ModelRow("a letter", "date +%j", exit: nil, unknown: ["the date format %j is not followed"]),
        ModelRow(
            "an option that is none",
            "date -y",
            exit: 1,
            err: "date: invalid option -- 'y'\n" + ModelRow.tryHelp("date")
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
