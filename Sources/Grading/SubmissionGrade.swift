// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Judgements

/// What grading one submission came to: the line of a grade book, and everything behind it.
public struct SubmissionGrade: Sendable, Hashable, Identifiable {
    /// The submission's name, unique in its batch.
    public let id: String
    /// The digest of what was handed in; nil when it could not even be read.
    public let inputDigest: String?
    /// What it came to.
    public let state: State
    /// The points of all steps together; 0 for what is ungradable, which is not the same as none earned.
    public let points: Int
    /// What all steps together could give; 0 for what is ungradable.
    public let maxPoints: Int
    /// Why it is ungradable; nil when it was judged.
    public let reason: Reason?
    /// The report of each graded step, in the lesson's order.
    public let steps: [StepReport]

    /// The grade of a submission that was judged.
    ///
    /// A judge that has nothing to say leaves it unknown: no check is no pass.
    public init(id: String, inputDigest: String, steps: [StepReport]) {
        self.id = id
        self.inputDigest = inputDigest
        self.steps = steps
        self.reason = nil
        self.state = steps.isEmpty ? .unknown : State(Verdict.all(of: steps.map(\.state)))
        self.points = steps.map(\.points).saturatingSum
        self.maxPoints = steps.map(\.maxPoints).saturatingSum
    }

    /// The grade of a submission that could not be judged.
    public init(id: String, inputDigest: String?, reason: Reason) {
        self.id = id
        self.inputDigest = inputDigest
        self.steps = []
        self.reason = reason
        self.state = .ungradable
        self.points = 0
        self.maxPoints = 0
    }
}

extension SubmissionGrade {
    /// The states of a submission, kept apart up to the last export.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable, VerdictState {
        /// Every check that counts passed.
        case passed
        /// A check that counts failed.
        case failed
        /// Nothing failed, and something is not known.
        case unknown
        /// It could not be judged: damaged, hostile, over a limit or not there.
        case ungradable
    }

    /// Why a submission is ungradable, for the instructor.
    public struct Reason: Sendable, Hashable, Codable {
        /// The kind of failure.
        public let code: Failure.Code
        /// What and where and why, in one line.
        public let message: String
        /// What can be done about it; nil when nothing.
        public let fix: String?

        /// A reason in words of its own.
        public init(code: Failure.Code, message: String, fix: String?) {
            self.code = code
            self.message = message
            self.fix = fix
        }

        /// What a failure says.
        public init(_ failure: Failure) {
            self.init(code: failure.code, message: failure.description, fix: failure.fix)
        }
    }
}

extension SubmissionGrade: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, inputDigest, state, points, maxPoints, reason, steps
    }

    /// Writes every key, with null where there is nothing.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(inputDigest, forKey: .inputDigest)
        try container.encode(state, forKey: .state)
        try container.encode(points, forKey: .points)
        try container.encode(maxPoints, forKey: .maxPoints)
        try container.encode(reason, forKey: .reason)
        try container.encode(steps, forKey: .steps)
    }
}
