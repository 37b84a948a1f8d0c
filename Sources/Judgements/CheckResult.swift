// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// What one check of a lesson's step came to: the one value that learner, grader, store and reports share.
///
/// Shape in JSON: the keys of `check --json`. `expected`, `found`, `fix`, `diff` and `blockedBy` are always there and null
/// when there is nothing to say, so that a reader needs no guess.
public struct CheckResult: Sendable, Hashable, Identifiable {
    /// The check's stable name, such as `non-root-user.user-set`, unique within its lesson.
    public let id: String
    /// What the check asks, in a few words.
    public let title: String
    /// What it came to.
    public let state: State
    /// Points given; 0 unless the check passed or gives part of its points.
    public let points: Int
    /// Points that a pass gives; 0 for a check that is advice only.
    public let maxPoints: Int
    /// What is so, where and why it matters, in short sentences.
    public let message: String
    /// What was asked for; nil when the message says it all.
    public let expected: String?
    /// What is there instead; nil when the message says it all.
    public let found: String?
    /// What the learner can do about it, in one sentence; nil when there is nothing to do.
    public let fix: String?
    /// The smallest change that mends it, as a unified diff whose hunks carry line numbers; nil when there is no single one.
    public let diff: String?
    /// What the judgement rests on, in the order in which it is shown.
    public let evidence: [Evidence]
    /// Whether the check is a hint only: its outcome never changes the step's state or points.
    public let isAdvisory: Bool
    /// For a skipped check, the id of the check that has to pass first; nil otherwise.
    public let blockedBy: String?

    /// A check that counts, with nothing to say beyond its message, unless more is given.
    public init(
        id: String,
        title: String,
        state: State,
        points: Int,
        maxPoints: Int,
        message: String,
        expected: String? = nil,
        found: String? = nil,
        fix: String? = nil,
        diff: String? = nil,
        evidence: [Evidence] = [],
        isAdvisory: Bool = false,
        blockedBy: String? = nil
    ) {
        self.id = id
        self.title = title
        self.state = state
        self.points = points
        self.maxPoints = maxPoints
        self.message = message
        self.expected = expected
        self.found = found
        self.fix = fix
        self.diff = diff
        self.evidence = evidence
        self.isAdvisory = isAdvisory
        self.blockedBy = blockedBy
    }
}

extension CheckResult {
    /// What a check can come to. Four, for a check that was not tried is neither wrong nor unknown.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable, VerdictState {
        /// What was asked is so.
        case passed
        /// What was asked is not so.
        case failed
        /// The engine did not understand enough to say; the evidence names what and where.
        case unknown
        /// It was not tried: a check that this one rests on did not pass, and `blockedBy` names that check; or nothing was handed in
        /// for it yet, and `blockedBy` is nil.
        case skipped
    }
}

extension CheckResult: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, title, state, points, maxPoints, message, expected, found, fix, diff, evidence, blockedBy
        case isAdvisory = "advisory"
    }

    /// Reads what `encode(to:)` wrote, or the shorter form that older records have.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        title = try container.decode(String.self, forKey: .title)
        state = try container.decode(State.self, forKey: .state)
        points = try container.decode(Int.self, forKey: .points)
        maxPoints = try container.decode(Int.self, forKey: .maxPoints)
        message = try container.decode(String.self, forKey: .message)
        expected = try container.decodeIfPresent(String.self, forKey: .expected)
        found = try container.decodeIfPresent(String.self, forKey: .found)
        fix = try container.decodeIfPresent(String.self, forKey: .fix)
        diff = try container.decodeIfPresent(String.self, forKey: .diff)
        evidence = try container.decodeIfPresent([Evidence].self, forKey: .evidence) ?? []
        isAdvisory = try container.decodeIfPresent(Bool.self, forKey: .isAdvisory) ?? false
        blockedBy = try container.decodeIfPresent(String.self, forKey: .blockedBy)
    }

    /// Writes every key, with null where there is nothing.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(title, forKey: .title)
        try container.encode(state, forKey: .state)
        try container.encode(points, forKey: .points)
        try container.encode(maxPoints, forKey: .maxPoints)
        try container.encode(message, forKey: .message)
        try container.encode(expected, forKey: .expected)
        try container.encode(found, forKey: .found)
        try container.encode(fix, forKey: .fix)
        try container.encode(diff, forKey: .diff)
        try container.encode(evidence, forKey: .evidence)
        try container.encode(isAdvisory, forKey: .isAdvisory)
        try container.encode(blockedBy, forKey: .blockedBy)
    }
}
