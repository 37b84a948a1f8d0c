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

    /// Puts policies together, in the order in which they are shown.
    public init(name: String, policies: [any ImagePolicy], formula: HealthScore.Formula) {
        self.name = name
        self.policies = policies.sorted { ($0.title.lowercased(), $0.id) < ($1.title.lowercased(), $1.id) }
        self.formula = formula
    }

    /// Judges an image by every policy.
    public func judge(_ input: PolicyInput) -> PolicyReport {
        PolicyReport(profile: name, results: policies.map { $0.result(for: input) }, formula: formula)
    }

    /// The profile with only the named policies, by id, title or alias, letters compared without case.
    ///
    /// - Returns: nil when a name is of none of them.
    public func only(_ names: [String]) -> PolicyProfile? {
        guard !names.isEmpty else { return self }
        guard names.allSatisfy({ name in policies.contains { $0.isNamed(name) } }) else { return nil }
        return filtered { policy in names.contains(where: policy.isNamed) }
    }

    /// The profile with only the policies whose answers rest on nothing but these facets.
    public func only(restingOn facets: Set<Facet>) -> PolicyProfile { filtered { $0.facets.isSubset(of: facets) } }

    private func filtered(_ isKept: (any ImagePolicy) -> Bool) -> PolicyProfile {
        PolicyProfile(name: name, policies: policies.filter(isKept), formula: formula)
    }
}
