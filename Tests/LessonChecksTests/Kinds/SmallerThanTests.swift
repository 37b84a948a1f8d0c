// SPDX-License-Identifier: Apache-2.0

import Judgements
import Lessons
import Testing

@Suite("smaller-than")
struct SmallerThanTests {
    static let rows = [
        CheckRow("FROM \(CheckFixture.runtime)\n", .passed, "none is recorded of this base image"),
        CheckRow("FROM node:lts-slim\n", .failed, "not smaller than node:lts-slim"),
        CheckRow("FROM example.org/x\n", .unknown, "No size is recorded of the image"),
        CheckRow(
            "FROM \(CheckFixture.runtime)-dev AS a\nFROM \(CheckFixture.runtime)\nCOPY --from=a / /\n",
            .unknown,
            "no size is recorded of that"
        ),
        CheckRow("FROM \(CheckFixture.runtime)\nCOPY --from=example.org/x /jq /jq\n", .unknown, "came from elsewhere"),
        CheckRow("FROM \(CheckFixture.runtime)\nCOPY src /src\n", .passed, "The image shrank by"),
    ]

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "smaller-than", ["base": .string("node:lts-slim")]) }
}
