// SPDX-License-Identifier: Apache-2.0

import Judgements
import Lessons
import Testing

@Suite("image-built")
struct ImageBuiltTests {
    static let rows: [(parameters: [String: String], state: CheckResult.State, message: String)] = [
        (["repository": "memes-r-us"], .passed, "acme/memes-r-us:bare is there"),
        (["repository": "memes-r-us", "tag": "updated"], .failed, "the lesson's message"),
        (["repository": "es-r-us"], .failed, "the lesson's message"),
    ]

    @Test("judges what a learner did", arguments: rows.indices)
    func judges(index: Int) throws {
        let row = Self.rows[index]
        let result = try CheckFixture.check(
            "image-built",
            nil,
            row.parameters.mapValues { .string($0) },
            record: CheckFixture.record,
            questions: CheckFixture.questions
        )
        #expect(result.state == row.state, "\(result.message)")
        #expect(result.message.contains(row.message), "\(result.message)")
    }
}
