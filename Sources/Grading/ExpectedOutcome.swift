// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles
import JSONValues
import Judgements

/// What a grader fixture's `expected.json` says must come out.
///
/// Shape: `{"state": "failed", "checks": {"<check id>": "passed"}}`; other keys are for people. A check that is not named may
/// come out as it likes.
public struct ExpectedOutcome: Sendable, Hashable, Codable {
    /// The submission's state: `passed`, `failed` (which `partly` is as well), `unknown`, or one of what is not judged.
    public let state: String
    /// The state of checks by id: `passed`, `failed`, `unknown` or `skipped`.
    public let checks: [String: String]

    /// Checks that are not named may come to anything.
    public init(state: String, checks: [String: String] = [:]) {
        self.state = state
        self.checks = checks
    }

    /// Reads the file of a fixture.
    ///
    /// - Throws: `noInput`, or `malformedInput` when it is not of the shape.
    public init(readingFile path: String) throws {
        let bytes = try HostFile.read(path, limit: 1 << 20)
        do {
            self = try JSONReader.decode(ExpectedOutcome.self, from: bytes, limits: .own)
        } catch {
            throw Failure(
                .malformedInput,
                "the expected outcome cannot be read",
                at: .file(path),
                why: "it needs `state` and `checks`",
                fix: "Write {\"state\": \"failed\", \"checks\": {\"check-id\": \"failed\"}}",
                cause: error
            )
        }
    }

    /// Reads the shape; `checks` may be missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        state = try container.decode(String.self, forKey: .state)
        checks = try container.decodeIfPresent([String: String].self, forKey: .checks) ?? [:]
    }

    private enum CodingKeys: String, CodingKey {
        case state, checks
    }

    /// How a grade differs from it, the state first, then checks by id; empty when it is as expected.
    public func differences(from grade: SubmissionGrade) -> [Difference] {
        var differences: [Difference] = []
        let isFailure = state == "failed" && grade.state == .partly
        if grade.state.rawValue != state, !isFailure {
            differences.append(Difference(check: nil, expected: state, found: grade.state.rawValue))
        }
        let found = Dictionary(grade.steps.flatMap(\.checks).map { ($0.id, $0.state.rawValue) }) { first, _ in first }
        for (id, expected) in checks.sorted(by: { $0.key < $1.key }) where found[id] != expected {
            differences.append(Difference(check: id, expected: expected, found: found[id]))
        }
        return differences
    }

    /// One thing that came out differently.
    public struct Difference: Sendable, Hashable, CustomStringConvertible {
        /// The check's id; nil for the submission as a whole.
        public let check: String?
        /// What should have come out.
        public let expected: String
        /// What did; nil when there was no such check.
        public let found: String?

        /// One line for a test's message.
        public var description: String {
            "\(check ?? "the submission"): expected \(expected), found \(found ?? "no such check")"
        }
    }
}
