// SPDX-License-Identifier: Apache-2.0

/// An answer that somebody could hand in, and what the grader has to make of it.
public struct GraderFixture: Sendable, Hashable, Identifiable {
    /// The name of its folder.
    public let id: String
    /// The folder with what was handed in.
    public let submission: String
    /// The file that says what is expected.
    public let expectationFile: String
    /// What is expected.
    public let expected: Expectation

    /// Makes a fixture.
    public init(id: String, submission: String, expectationFile: String, expected: Expectation) {
        self.id = id
        self.submission = submission
        self.expectationFile = expectationFile
        self.expected = expected
    }
}

extension GraderFixture {
    /// The content of `expected.json`.
    ///
    /// Shape: the keys `lesson`, `note`, `state` and `checks`; states are the words of check results.
    public struct Expectation: Sendable, Hashable, Codable {
        /// The lesson that is answered.
        public let lesson: String
        /// What the case is about, in a sentence or two.
        public let note: String
        /// What the checks that count come to: `passed`, `failed` or `unknown`.
        public let state: String
        /// The state of each check by its id: `passed`, `failed`, `unknown` or `skipped`.
        public let checks: [String: String]

        /// What must come out, with the state of each check by its id.
        public init(lesson: String, note: String, state: String, checks: [String: String]) {
            self.lesson = lesson
            self.note = note
            self.state = state
            self.checks = checks
        }
    }

    /// The words for the state of a check.
    public static let checkStates: Set<String> = ["passed", "failed", "unknown", "skipped"]
}
