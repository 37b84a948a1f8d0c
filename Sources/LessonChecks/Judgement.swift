// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// What a check kind has to say, before points and titles come to it.
public struct Judgement: Sendable, Hashable {
    /// Passed, failed or unknown.
    public let verdict: Verdict
    /// What is so and where; nil to say what the lesson says for a failure, or nothing much for a pass.
    public let message: String?
    /// What was asked for; nil to say what the lesson says.
    public let expected: String?
    /// What is there instead.
    public let found: String?
    /// What to do about it; nil to say what the lesson says.
    public let fix: String?
    /// The smallest change that mends it, as a unified diff.
    public let diff: String?
    /// What the judgement rests on.
    public let evidence: [Evidence]
    /// How many things are still to be done, where a check asks for several; nil for one that asks for one.
    public let remaining: Int?
    /// Whether there was anything to judge; a question without an answer is neither right nor wrong.
    public let isAttempted: Bool

    init(
        _ verdict: Verdict,
        _ message: String? = nil,
        expected: String? = nil,
        found: String? = nil,
        fix: String? = nil,
        diff: String? = nil,
        evidence: [Evidence] = [],
        remaining: Int? = nil,
        isAttempted: Bool = true
    ) {
        self.verdict = verdict
        self.message = message
        self.expected = expected
        self.found = found
        self.fix = fix
        self.diff = diff
        self.evidence = evidence
        self.remaining = remaining
        self.isAttempted = isAttempted
    }
}
