// SPDX-License-Identifier: Apache-2.0
//
// Source: github-education-resources/autograding-grading-reporter, src/*.js; autograding-command-grader, src/main.js.

import Diagnostics
import JSONValues
import Judgements

/// What GitHub Classroom's reporter reads of a runner, one document for each submission; a step's output `result` is its base64.
public struct GitHubClassroomResults: GradeBookFolder {
    /// `github`.
    public var name: String { "github" }

    /// Makes the form.
    public init() {}

    private struct Document: Encodable {
        let version = 1
        let status: String
        let max_score: Int
        let tests: [Test]
    }

    private struct Test: Encodable {
        let name: String
        let status: String
        let score: Int
        let message: String
        let test_code: String
        let filename: String
        let line_no: Int
        let execution_time = 0
    }

    /// The document; what is unknown or was not judged is an error, not a failure.
    public func bytes(_ grade: SubmissionGrade, of book: GradeBook) throws -> [UInt8] {
        var tests: [Test] = grade.steps.flatMap(\.checks).filter { !$0.isAdvisory }.map { check in
            let place = check.evidence.first { $0.line != nil }
            return Test(
                name: check.title,
                status: self.status(check.state),
                score: check.points,
                message: check.advice,
                test_code: check.id,
                filename: place?.file ?? "",
                line_no: place?.line ?? 0
            )
        }
        if let reason = grade.reason {
            tests = [
                Test(
                    name: "This could not be judged",
                    status: "error",
                    score: 0,
                    message: reason.message,
                    test_code: grade.state.rawValue,
                    filename: "",
                    line_no: 0
                )
            ]
        }
        let hasFailed = tests.contains { $0.status == "fail" }
        let whole = grade.state == .passed ? "pass" : hasFailed ? "fail" : "error"
        let document = Document(status: whole, max_score: grade.maxPoints ?? 0, tests: tests)
        return try JSONWriter.bytes(of: document, .indented) + [UInt8(ascii: "\n")]
    }

    private func status(_ state: CheckResult.State) -> String {
        switch state {
        case .passed: "pass"
        case .failed, .skipped: "fail"
        case .unknown: "error"
        }
    }
}
