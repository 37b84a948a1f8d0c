// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// What judging one step came to: the document that `check --json` prints and that an attempt keeps.
public struct StepReport: Sendable, Hashable, Codable {
    /// The lesson's id.
    public let lesson: String
    /// The step's id.
    public let step: String
    /// What the checks come to together.
    public let state: Verdict
    /// The sum of the points given by checks that are not advice.
    public let points: Int
    /// The sum of the points that those checks could give.
    public let maxPoints: Int
    /// The checks, in the lesson's order.
    public let checks: [CheckResult]
    /// The day for which it was judged, `YYYY-MM-DD`; nil in reports of versions that judged by the clock.
    public let asOf: String?

    /// Sums up a step's checks.
    public init(lesson: String, step: String, checks: [CheckResult], asOf: String? = nil) {
        let counted = checks.filter { !$0.isAdvisory }
        self.lesson = lesson
        self.step = step
        self.state = Self.state(of: checks)
        self.points = counted.map(\.points).saturatingSum
        self.maxPoints = counted.map(\.maxPoints).saturatingSum
        self.checks = checks
        self.asOf = asOf
    }

    /// What several checks come to together, advice left out.
    ///
    /// A failure weighs most, then ignorance. A skipped check is the consequence of another one; where that other one is
    /// advice and so does not count, the skipped check still keeps the step from passing. A check that nothing was handed in for is
    /// not known yet: it fails nobody, and passes nobody.
    public static func state(of checks: some Sequence<CheckResult>) -> Verdict {
        var hasFailed = false
        var hasUnknown = false
        var hasSkipped = false
        for check in checks where !check.isAdvisory {
            switch check.state {
            case .passed: continue
            case .failed: hasFailed = true
            case .unknown: hasUnknown = true
            case .skipped: if check.blockedBy == nil { hasUnknown = true } else { hasSkipped = true }
            }
        }
        if hasFailed { return .failed }
        if hasUnknown { return .unknown }
        return hasSkipped ? .failed : .passed
    }
}
