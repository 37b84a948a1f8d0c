// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A set of policies that are judged together.
public struct PolicyProfile: Sendable {
    /// The name, such as `classic`.
    public let name: String
    /// The policies, sorted by their passing titles, which is the order in which they are shown.
    public let policies: [any ImagePolicy]
    /// How the health score is made.
    public let formula: HealthScore.Formula
    /// Points of the health score that are not the policy's own, by its id.
    let weights: [String: Int]

    /// Puts policies together, in the order in which they are shown.
    public init(name: String, policies: [any ImagePolicy], formula: HealthScore.Formula) {
        self.init(name: name, policies: policies, formula: formula, weights: [:])
    }

    private init(name: String, policies: [any ImagePolicy], formula: HealthScore.Formula, weights: [String: Int]) {
        self.name = name
        self.policies = policies.sorted { ($0.title.lowercased(), $0.id) < ($1.title.lowercased(), $1.id) }
        self.formula = formula
        self.weights = weights
    }

    /// Judges an image by every policy.
    public func judge(_ input: PolicyInput) -> PolicyReport {
        PolicyReport(
            profile: name,
            results: policies.map { $0.result(for: input, weight: weights[$0.id]) },
            formula: formula,
            notApplicable: HealthScore.isNotApplicable(to: input)
        )
    }

    /// The profile with only the named policies, by id, title or alias, letters compared without case.
    ///
    /// A name that only another profile's policies have, such as `No copyleft licenses`, brings that one.
    /// - Returns: nil when a name is of none.
    public func only(_ names: [String]) -> PolicyProfile? {
        guard !names.isEmpty else { return self }
        var chosen: [any ImagePolicy] = []
        for name in names {
            let known = policies + Self.all.filter { $0.name != self.name }.flatMap(\.policies)
            guard let policy = known.first(where: { $0.isNamed(name) }) else { return nil }
            if !chosen.contains(where: { $0.id == policy.id && $0.title == policy.title }) { chosen.append(policy) }
        }
        return with(chosen)
    }

    /// The profile with only the policies whose answers rest on nothing but these facets.
    public func only(restingOn facets: Set<Facet>) -> PolicyProfile {
        with(policies.filter { $0.facets.isSubset(of: facets) })
    }

    /// The profile with other policies and, for some, other weights.
    func with(_ policies: [any ImagePolicy], weights: [String: Int] = [:]) -> PolicyProfile {
        PolicyProfile(
            name: name,
            policies: policies,
            formula: formula,
            weights: self.weights.merging(weights) { $1 }
        )
    }
}
