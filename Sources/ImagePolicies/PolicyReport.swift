// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// What all policies of a profile say about an image.
public struct PolicyReport: Sendable, Hashable, Codable {
    /// The profile's name.
    public let profile: String
    /// The results in the order in which they are shown.
    public let results: [PolicyResult]
    /// The health score; nil when every weight is 0, and where there is none.
    public let healthScore: HealthScore?
    /// Why there is no health score, in one sentence; nil when there may be one.
    public let healthScoreNotApplicable: String?

    /// Makes a report.
    ///
    /// - Parameter notApplicable: why the image has no health score; nil gives it one.
    public init(
        profile: String,
        results: [PolicyResult],
        formula: HealthScore.Formula,
        notApplicable: String? = nil
    ) {
        self.profile = profile
        self.results = results
        healthScoreNotApplicable = notApplicable
        healthScore = notApplicable == nil ? HealthScore(results: results, formula: formula) : nil
    }

    /// How many policies are met.
    public var met: Int { results.count { $0.state == .passed } }
    /// How many policies there are.
    public var total: Int { results.count }
    /// How many could not be judged.
    public var missing: Int { results.count { $0.state == .unknown } }

    /// Passed when every policy is met; unknown when none is failed but some could not be judged.
    public var state: Verdict { Verdict.all(of: results.map(\.state)) }

    /// The word of the status line. `UNKNOWN` is ours: nothing failed, but not everything could be judged.
    public var statusWord: String {
        switch state {
        case .passed: "SUCCESS"
        case .failed: "FAILED"
        case .unknown: "UNKNOWN"
        }
    }

    /// The bracket of the status line without the brackets: `6/7 policies met, 1 missing data`.
    public var summary: String { "\(met)/\(total) policies met" + (missing > 0 ? ", \(missing) missing data" : "") }

    /// The result of one policy; nil when the profile does not have it.
    public func result(_ id: String) -> PolicyResult? { results.first { $0.id == id } }
}
