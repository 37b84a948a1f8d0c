// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// One rule that an image should follow.
///
/// A policy answers met, not met or no data, each with evidence; ignorance never makes it met. It stands in a file of its own in
/// `Policies/`, and in one line of `PolicyRegistry`; `PolicyCompatibilityTests` says what is asked of it besides.
public protocol ImagePolicy: Sendable {
    /// The stable id, in small letters with hyphens.
    static var id: String { get }
    /// Ids and titles under which it is known besides: of other generations, and in other people's documentation.
    static var aliases: [String] { get }
    /// Ids and titles that mean it only as it is set, such as one of its rules.
    var ownAliases: [String] { get }
    /// The facets without which nothing can be said. Where an image is not known in one of them, the answer is "no data", and
    /// `judge` is not asked.
    static var needs: Set<Facet> { get }
    /// The facets that are looked at besides, where those that are needed do not decide; `judge` says "no data" itself where it
    /// misses one.
    static var consults: Set<Facet> { get }
    /// What a profile may set.
    static var parameters: [PolicyParameter<Self>] { get }

    /// The policy with the default of every parameter and the titles of the classic profile.
    init()

    /// Judges an image.
    func judge(_ input: PolicyInput) -> PolicyOutcome

    /// The title when it is met.
    var title: String { get }
    /// The title when it is not met.
    var failingTitle: String { get }
    /// The points of the health score.
    var weight: Int { get }
}

extension ImagePolicy {
    /// None.
    public static var aliases: [String] { [] }
    /// None.
    public var ownAliases: [String] { [] }
    /// None.
    public static var consults: Set<Facet> { [] }
    /// None.
    public static var parameters: [PolicyParameter<Self>] { [] }

    /// The stable id.
    public var id: String { Self.id }
    /// The facets that its answer rests on.
    public var facets: Set<Facet> { Self.needs.union(Self.consults) }
    /// The parameters, for documentation.
    public static var documentation: [PolicyParameterDocumentation] { parameters.map(\.documentation) }
    /// The parameters as they are set, by name.
    public var values: [String: PolicyValue] {
        Dictionary(Self.parameters.map { ($0.documentation.name, $0.value(self)) }) { first, _ in first }
    }

    /// Whether it is meant by a name: its id, one of its titles or an alias, letters compared without case.
    public func isNamed(_ name: String) -> Bool {
        ([id, title, failingTitle] + Self.aliases + ownAliases).contains { $0.lowercased() == name.lowercased() }
    }

    /// The policy with other values of its parameters.
    ///
    /// - Throws: a `PolicyParameterError` when it has no such parameter, or when that does not take the value.
    public func setting(_ values: [String: PolicyValue]) throws(PolicyParameterError) -> Self {
        var changed = self
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let parameter = Self.parameters.first(where: { $0.documentation.name == name }) else {
                throw .unknownName(name)
            }
            guard parameter.set(&changed, value) else { throw .wrongValue(name: name, value) }
        }
        return changed
    }

    /// Judges an image and puts the titles to it.
    ///
    /// - Parameter weight: the points of the health score; nil means the policy's own.
    public func result(for input: PolicyInput, weight: Int? = nil) -> PolicyResult {
        let outcome = missingData(in: input) ?? judge(input)
        return PolicyResult(
            id: id,
            title: outcome.state == .failed ? failingTitle : title,
            passingTitle: title,
            state: outcome.state,
            cell: outcome.cell,
            deviations: outcome.deviations,
            evidence: outcome.evidence,
            noDataReason: outcome.noDataReason,
            remarks: outcome.remarks,
            remediation: outcome.remediation,
            weight: weight ?? self.weight
        )
    }

    private func missingData(in input: PolicyInput) -> PolicyOutcome? {
        guard let facet = Self.needs.intersection(input.missing.keys).min(), let reason = input.missing[facet] else {
            return nil
        }
        return .noData(reason, remediation: "Judge the image itself.")
    }
}
