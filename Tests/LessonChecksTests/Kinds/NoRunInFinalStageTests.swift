// SPDX-License-Identifier: Apache-2.0

import Judgements
import Testing

@Suite("no-run-in-final-stage")
struct NoRunInFinalStageTests {
    static let rows = [
        CheckRow("FROM node:lts-slim AS b\nRUN true\nFROM \(CheckFixture.runtime)\n", .passed, "runs no command"),
        CheckRow("FROM node:lts-slim\nRUN true\nRUN true\n", .failed, "on line 2"),
    ]

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "no-run-in-final-stage") }

    static let mendable = [
        "FROM \(CheckFixture.runtime)-dev AS b\nFROM \(CheckFixture.runtime)\nCOPY --from=b /bin /x\nRUN a \\\n && b"
    ]

    @Test("gives a diff that patch takes and that mends the file", arguments: mendable.indices)
    func mends(index: Int) throws { try CheckFixture.mends("no-run-in-final-stage", Self.mendable[index]) }
}
