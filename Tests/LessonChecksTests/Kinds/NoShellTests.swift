// SPDX-License-Identifier: Apache-2.0

import Judgements
import Testing

@Suite("no-shell")
struct NoShellTests {
    static let rows = [
        CheckRow("FROM \(CheckFixture.runtime)\n", .passed, "no shell"),
        CheckRow("FROM \(CheckFixture.runtime)-dev\n", .failed, "has a shell: /bin/"),
        CheckRow("FROM node:lts-slim\n", .failed, "has a shell"),
        CheckRow(
            "FROM alpine:3.22 AS a\nFROM \(CheckFixture.runtime)\nCOPY --from=a /bin/busybox /bin/sh\n",
            .failed,
            "/bin/sh"
        ),
        CheckRow("FROM \(CheckFixture.runtime)\nCOPY --from=example.org/x /bin/sh /bin/sh\n", .failed, "/bin/sh"),
        CheckRow("FROM \(CheckFixture.runtime)\nCOPY --from=example.org/x /usr /usr\n", .unknown, "not fully known"),
        CheckRow("FROM \(CheckFixture.runtime)\nCOPY --from=example.org/x /app /app\n", .passed, "no shell"),
        CheckRow("FROM example.org/x\n", .unknown, "nothing is known of the base image"),
        CheckRow("FROM \(CheckFixture.runtime)\nRUN true\n", .failed, "The image does not build: line 2"),
    ]

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "no-shell") }
}
