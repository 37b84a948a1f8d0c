// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Judgements
import Lessons
import Testing

@Suite("quiz")
struct QuizTests {
    static let rows: [(parameters: [String: String], state: CheckResult.State, message: String)] = [
        (["question": "q1"], .passed, "right"),
        (["question": "q2"], .failed, "wrong"),
        (["question": "q3"], .failed, "none of the options"),
        (["question": "q4"], .skipped, "no answer yet"),
    ]

    @Test("judges what a learner did", arguments: rows.indices)
    func judges(index: Int) throws {
        let row = Self.rows[index]
        let result = try CheckFixture.check(
            "quiz",
            nil,
            row.parameters.mapValues { .string($0) },
            record: CheckFixture.record,
            questions: CheckFixture.questions
        )
        #expect(result.state == row.state, "\(result.message)")
        #expect(result.message.contains(row.message), "\(result.message)")
    }

    @Test("refuses a question that the step does not have, at the place where it is named")
    func noQuestion() throws {
        let failure = #expect(throws: Failure.self) {
            try CheckFixture.check("quiz", nil, ["question": .string("q9")], record: CheckFixture.record)
        }
        #expect(failure?.place == .file("lesson.yaml", line: 2, column: 9))
    }
}
