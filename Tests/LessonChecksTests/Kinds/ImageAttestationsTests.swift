// SPDX-License-Identifier: Apache-2.0

import Judgements
import Lessons
import Testing

@Suite("image-attestations")
struct ImageAttestationsTests {
    static let rows: [(parameters: [String: String], state: CheckResult.State, message: String)] = [
        (["repository": "memes-r-us", "tag": "latest"], .passed, "are attached"),
        (["repository": "memes-r-us", "tag": "bare"], .failed, "lacks an SBOM and provenance"),
        (["repository": "memes", "tag": "min"], .failed, "mode=min"),
        (["repository": "none"], .failed, "the lesson's message"),
        (["repository": "memes", "tag": "min", "provenance": "min"], .passed, "An SBOM and provenance are attached."),
        (["repository": "memes-r-us", "tag": "bare", "provenance": "none"], .failed, "lacks an SBOM."),
    ]

    @Test("judges what a learner did", arguments: rows.indices)
    func judges(index: Int) throws {
        let row = Self.rows[index]
        let result = try CheckFixture.check(
            "image-attestations",
            nil,
            row.parameters.mapValues { .string($0) },
            record: CheckFixture.record,
            questions: CheckFixture.questions
        )
        #expect(result.state == row.state, "\(result.message)")
        #expect(result.message.contains(row.message), "\(result.message)")
    }
}
