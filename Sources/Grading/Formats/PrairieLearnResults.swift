// SPDX-License-Identifier: Apache-2.0
//
// Source: PrairieLearn, docs/externalGrading.md, "Grading results".

import JSONValues
import Judgements

/// PrairieLearn's `results.json`, one for each submission. What was not judged is not gradable and costs no attempt.
public struct PrairieLearnResults: GradeBookFolder {
    /// `prairielearn`.
    public var name: String { "prairielearn" }
    /// `/results.json`.
    public var ending: String { "/results.json" }

    /// Makes the form.
    public init() {}

    private struct Document: Encodable {
        let gradable: Bool
        let score: Double?
        let format_errors: [String]?
        let message: String
        let tests: [Test]?
    }

    private struct Test: Encodable {
        let name: String
        let description: String
        let points: Int
        let max_points: Int
        let message: String
    }

    /// The document; the score is from 0 to 1.
    public func bytes(_ grade: SubmissionGrade, of book: GradeBook) throws -> [UInt8] {
        let document: Document
        if let reason = grade.reason {
            document = Document(
                gradable: false,
                score: nil,
                format_errors: [reason.message] + [reason.fix].compactMap(\.self),
                message: "This could not be judged.",
                tests: nil
            )
        } else {
            let most = grade.maxPoints ?? 0
            let tests = grade.steps.flatMap(\.checks).map { check in
                Test(
                    name: check.title,
                    description: check.isOpen ? "not known, for a person to judge" : check.state.rawValue,
                    points: check.points,
                    max_points: check.isAdvisory ? 0 : check.maxPoints,
                    message: check.advice
                )
            }
            document = Document(
                gradable: true,
                score: most > 0 ? min(1, max(0, Double(grade.points ?? 0) / Double(most))) : 0,
                format_errors: nil,
                message: grade.summary,
                tests: tests
            )
        }
        return try JSONWriter.bytes(of: document, .indented) + [UInt8(ascii: "\n")]
    }
}
