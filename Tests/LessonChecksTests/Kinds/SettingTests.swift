// SPDX-License-Identifier: Apache-2.0

import Judgements
import Lessons
import Testing

@Suite("setting")
struct SettingTests {
    static let rows: [(parameters: [String: String], state: CheckResult.State, message: String)] = [
        (["key": "organization"], .passed, "The organization is acme."),
        (["key": "word"], .failed, "stands for a name that is yours to choose"),
        (["key": "angles"], .failed, "yours to choose"),
        (["key": "yours"], .failed, "yours to choose"),
        (["key": "capitals"], .passed, "The capitals is ACME."),
        (["key": "mine"], .passed, "The mine is my-bakery."),
        (["key": "empty"], .failed, "the lesson's message"),
        (["key": "none"], .failed, "the lesson's message"),
    ]

    @Test("judges what a learner did", arguments: rows.indices)
    func judges(index: Int) throws {
        let row = Self.rows[index]
        let result = try CheckFixture.check(
            "setting",
            nil,
            row.parameters.mapValues { .string($0) },
            record: CheckFixture.record,
            questions: CheckFixture.questions
        )
        #expect(result.state == row.state, "\(result.message)")
        #expect(result.message.contains(row.message), "\(result.message)")
    }
}
