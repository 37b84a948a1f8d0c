// SPDX-License-Identifier: Apache-2.0

import Judgements
import Lessons
import Testing

@Suite("command")
struct CommandTests {
    static let rows: [(parameters: [String: String], state: CheckResult.State, message: String)] = [
        (["command": "docker scout quickview"], .passed, "You ran `docker scout quickview acme/memes-r-us`."),
        (["command": "docker scout quick"], .failed, "the lesson's message"),
        (["command": "docker scout quickview", "repository": "memes-r-us"], .passed, "You ran"),
        (["command": "docker scout quickview", "repository": "memes-r-us", "tag": "latest"], .passed, "You ran"),
        (
            ["command": "docker scout quickview", "repository": "memes-r-us", "tag": "updated"], .failed,
            "another image"
        ),
        (
            ["command": "docker scout quickview", "repository": "s-r-us"], .failed,
            "looked at another image than s-r-us"
        ),
        (["command": "docker scout policy", "repository": "memes-r-us"], .passed, "You ran `docker scout policy`"),
        (["command": "docker scout policy", "repository": "other"], .failed, "another image"),
        (["command": "docker build"], .failed, "ended with exit code 1"),
        (["command": "docker  build ."], .failed, "ended with exit code 1"),
    ]

    @Test("judges what a learner did", arguments: rows.indices)
    func judges(index: Int) throws {
        let row = Self.rows[index]
        let result = try CheckFixture.check(
            "command",
            nil,
            row.parameters.mapValues { .string($0) },
            record: CheckFixture.record,
            questions: CheckFixture.questions
        )
        #expect(result.state == row.state, "\(result.message)")
        #expect(result.message.contains(row.message), "\(result.message)")
    }
}
