// SPDX-License-Identifier: Apache-2.0
//
// Source: Gradescope autograder specifications, "Output format"; gradescope/autograder_samples, docs/specs.md.

import JSONValues
import Judgements

/// Gradescope's `results.json`, one for each submission.
///
/// What was not judged has one test that could give nothing: no score is 0 that nobody earned.
public struct GradescopeResults: GradeBookFolder {
    /// `gradescope`.
    public var name: String { "gradescope" }
    /// `/results.json`.
    public var ending: String { "/results.json" }

    /// Makes the form.
    public init() {}

    private struct Document: Encodable {
        let output: String
        let output_format = "text"
        let test_output_format = "text"
        let visibility = "visible"
        let stdout_visibility = "hidden"
        let tests: [Test]
        let extra_data: [String: String]
    }

    private struct Test: Encodable {
        let score: Int
        let max_score: Int
        let status: String
        let name: String
        let number: String
        let output: String
        let tags: [String]
        let visibility = "visible"
    }

    /// The document.
    public func bytes(_ grade: SubmissionGrade, of book: GradeBook) throws -> [UInt8] {
        var tests: [Test] = []
        for (place, step) in grade.steps.enumerated() {
            for (number, check) in step.checks.enumerated() {
                tests.append(
                    Test(
                        score: check.points,
                        max_score: check.isAdvisory ? 0 : check.maxPoints,
                        status: check.state == .passed ? "passed" : "failed",
                        name: check.isOpen ? check.title + " (not known, for a person to judge)" : check.title,
                        number: "\(place + 1).\(number + 1)",
                        output: check.advice,
                        tags: [step.step, check.state.rawValue] + (check.isAdvisory ? ["advice"] : [])
                    )
                )
            }
        }
        if let reason = grade.reason {
            let says = [reason.message, reason.fix].compactMap(\.self).joined(separator: "\n")
            tests = [
                Test(
                    score: 0,
                    max_score: 0,
                    status: "failed",
                    name: "This could not be judged",
                    number: "1",
                    output: says,
                    tags: [grade.state.rawValue]
                )
            ]
        }
        let document = Document(
            output: grade.summary,
            tests: tests,
            extra_data: [
                "id": grade.id, "state": grade.state.rawValue, "inputDigest": grade.inputDigest ?? "",
                "lessonDigest": book.basis.lessonDigest, "engineVersion": book.basis.engineVersion,
            ]
        )
        return try JSONWriter.bytes(of: document, .indented) + [UInt8(ascii: "\n")]
    }
}
