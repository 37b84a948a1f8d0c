// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Judgements
import Submissions

/// What grading one submission came to: the line of a grade book, and everything behind it.
public struct SubmissionGrade: Sendable, Hashable, Identifiable {
    /// The submission's name, unique in its batch.
    public let id: String
    /// The digest of what was handed in; nil when it could not even be read.
    public let inputDigest: String?
    /// What it came to.
    public let state: State
    /// The points of all steps together; nil for what was not judged, which is not the same as none earned.
    public let points: Int?
    /// What all steps together could give; nil for what was not judged.
    public let maxPoints: Int?
    /// Why it was not judged; nil when it was.
    public let reason: Reason?
    /// What it rests on in what was handed in.
    public let details: SubmissionDetails
    /// The report of each graded step, in the lesson's order.
    public let steps: [StepReport]

    /// The grade of a submission that was judged.
    ///
    /// A judge that has nothing to say leaves it unknown: no check is no pass.
    public init(id: String, inputDigest: String, steps: [StepReport], details: SubmissionDetails = SubmissionDetails())
    {
        let points = steps.map(\.points).saturatingSum
        self.id = id
        self.inputDigest = inputDigest
        self.steps = steps
        self.details = details
        self.reason = nil
        self.state = steps.isEmpty ? .unknown : State(Verdict.all(of: steps.map(\.state)), points: points)
        self.points = points
        self.maxPoints = steps.map(\.maxPoints).saturatingSum
    }

    /// The grade of a submission that was not judged.
    ///
    /// - Parameter state: why not, in a word; a state of judged submissions counts as ungradable.
    public init(
        id: String,
        inputDigest: String?,
        reason: Reason,
        state: State = .ungradable,
        details: SubmissionDetails = SubmissionDetails()
    ) {
        self.id = id
        self.inputDigest = inputDigest
        self.steps = []
        self.details = details
        self.reason = reason
        self.state = state.isJudged ? .ungradable : state
        self.points = nil
        self.maxPoints = nil
    }
}

extension SubmissionGrade {
    /// The states of a submission, kept apart up to the last export.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable, VerdictState {
        /// Every check that counts passed.
        case passed
        /// A check that counts failed, and nothing was earned.
        case failed
        /// A check that counts failed, and others earned points.
        case partly
        /// Nothing failed, and something is not known.
        case unknown
        /// It could not be judged: damaged, hostile, or not the work.
        case ungradable
        /// Several things could be the work, and nothing says which.
        case ambiguous
        /// Nothing was handed in.
        case missing
        /// It is larger or deeper than the limits allow.
        case overLimit

        /// The state of a verdict.
        init(_ verdict: Verdict, points: Int) {
            switch verdict {
            case .passed: self = .passed
            case .failed: self = points > 0 ? .partly : .failed
            case .unknown: self = .unknown
            }
        }

        /// Whether it was judged, so that it has points.
        public var isJudged: Bool {
            switch self {
            case .passed, .failed, .partly, .unknown: true
            case .ungradable, .ambiguous, .missing, .overLimit: false
            }
        }
    }

    /// Why a submission was not judged, for the instructor.
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
        case id, path, people, attempt, late, inputDigest, state, points, maxPoints, reason, dockerfile, filled,
            archives, candidates
        case notes, steps
    }

    /// Writes every key, with null where there is nothing.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(details.path, forKey: .path)
        try container.encode(details.people, forKey: .people)
        try container.encode(details.attempt, forKey: .attempt)
        try container.encode(details.isLate, forKey: .late)
        try container.encode(inputDigest, forKey: .inputDigest)
        try container.encode(state, forKey: .state)
        try container.encode(points, forKey: .points)
        try container.encode(maxPoints, forKey: .maxPoints)
        try container.encode(reason, forKey: .reason)
        try container.encode(details.dockerfile, forKey: .dockerfile)
        try container.encode(details.filled, forKey: .filled)
        try container.encode(details.archives, forKey: .archives)
        try container.encode(details.candidates, forKey: .candidates)
        try container.encode(details.notes, forKey: .notes)
        try container.encode(steps, forKey: .steps)
    }

    /// Reads what was written, also by versions that knew less of a submission.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        var details = SubmissionDetails()
        details.path = try container.decodeIfPresent(String.self, forKey: .path)
        details.people = try container.decodeIfPresent([SubmissionOwner.Person].self, forKey: .people) ?? []
        details.attempt = try container.decodeIfPresent(Int.self, forKey: .attempt)
        details.isLate = try container.decodeIfPresent(Bool.self, forKey: .late) ?? false
        details.dockerfile = try container.decodeIfPresent(String.self, forKey: .dockerfile)
        details.filled = try container.decodeIfPresent([String].self, forKey: .filled) ?? []
        details.archives = try container.decodeIfPresent([ArchiveUse].self, forKey: .archives) ?? []
        details.candidates = try container.decodeIfPresent([String].self, forKey: .candidates) ?? []
        details.notes = try container.decodeIfPresent([String].self, forKey: .notes) ?? []
        let id = try container.decode(String.self, forKey: .id)
        let digest = try container.decodeIfPresent(String.self, forKey: .inputDigest)
        let reason = try container.decodeIfPresent(Reason.self, forKey: .reason)
        let state = try container.decode(State.self, forKey: .state)
        let steps = try container.decode([StepReport].self, forKey: .steps)
        if let reason {
            self.init(id: id, inputDigest: digest, reason: reason, state: state, details: details)
        } else {
            self.init(id: id, inputDigest: digest ?? "", steps: steps, details: details)
        }
    }
}
