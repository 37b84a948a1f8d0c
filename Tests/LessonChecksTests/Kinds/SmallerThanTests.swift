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
    ]

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "smaller-than", ["base": .string("node:lts-slim")]) }
}
