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

    @Test(
        "holds an image against the Dockerfile as it is now where it is asked to",
        arguments: [
            ("FROM scratch\n", true, CheckResult.State.passed), ("FROM scratch\nUSER 1\n", true, .failed),
            ("FROM scratch\r\n", true, .failed), ("FROM scratch\nUSER 1\n", false, .passed),
        ]
    )
    func isCurrent(dockerfile: String, isAsked: Bool, state: CheckResult.State) throws {
        let result = try CheckFixture.check(
            "image-built",
            dockerfile,
            ["repository": .string("old"), "current": .boolean(isAsked)],
            record: CheckFixture.record
        )
        #expect(result.state == state, "\(result.message)")
        if state == .failed { #expect(result.message.contains("is older than the Dockerfile; build it again")) }
    }

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
