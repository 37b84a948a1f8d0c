// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Judgements
import Lessons
import Testing

@Suite("policies")
struct PoliciesTests {
    static let rows = [
        CheckRow(CheckFixture.classic(""), .failed, "6/7 policies met"),
        CheckRow(CheckFixture.classic("USER node"), .passed, "7/7 policies met"),
        CheckRow("FROM example.org/x\nUSER 7\n", .unknown, "no data for"),
        CheckRow(CheckFixture.classic(""), .passed, "6/7 policies met", ["met": .numeric(6, written: "6")]),
        CheckRow(CheckFixture.classic(""), .failed, "6/7 policies met", ["met": .numeric(7, written: "7")]),
        CheckRow(CheckFixture.classic("USER node"), .passed, "7/7 policies met", ["met": .numeric(7, written: "7")]),
        CheckRow("FROM example.org/x\n", .unknown, "no data for", ["met": .numeric(2, written: "2")]),
    ]

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "policies", ["met": .string("all")]) }

    static let mendable = [
        CheckFixture.classic(""),
        CheckFixture.classic("USER root"),
    ]

    @Test("gives a diff that patch takes and that mends the file", arguments: mendable.indices)
    func mends(index: Int) throws { try CheckFixture.mends("policies", Self.mendable[index], ["met": .string("all")]) }

    @Test("refuses to ask for more policies than there are, at the place where it is asked")
    func tooMany() throws {
        let failure = #expect(throws: Failure.self) {
            try CheckFixture.check("policies", CheckFixture.classic(""), ["met": .numeric(8, written: "8")])
        }
        #expect(failure?.code == .malformedInput)
        #expect(failure?.place == .file("lesson.yaml", line: 2, column: 9))
    }
}
