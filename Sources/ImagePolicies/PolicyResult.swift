// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Diagnostics

/// What one policy says about an image.
public struct PolicyResult: Sendable, Hashable, Codable {
    /// The stable id, such as `default-non-root-user`.
    public let id: String
    /// The title as it is shown: what is so when the policy is not met, else what is asked.
    public let title: String
    /// The title when the policy is met; the order of reports and `--only-policy` go by it.
    public let passingTitle: String
    /// Passed is met, failed is not met, unknown is no data.
    public let state: Verdict
    /// What stands in the results column.
    public let cell: PolicyCell
    /// What deviates, one entry for each thing, sorted; empty when the policy is met.
    public let deviations: [PolicyDeviation]
    /// What the judgement rests on.
    public let evidence: [Evidence]
    /// Why there is no data, in one sentence; nil when there is.
    public let noDataReason: String?
    /// Things to know that do not change the judgement.
    public let remarks: [String]
    /// What to do, in one sentence; nil when the policy is met.
    public let remediation: String?
    /// The points of the health score.
    public let weight: Int

    /// A result that deviates in nothing, unless something is named.
    public init(
        id: String,
        title: String,
        passingTitle: String,
        state: Verdict,
        cell: PolicyCell,
        deviations: [PolicyDeviation] = [],
        evidence: [Evidence] = [],
        noDataReason: String? = nil,
        remarks: [String] = [],
        remediation: String? = nil,
        weight: Int
    ) {
        self.id = id
        self.title = title
        self.passingTitle = passingTitle
        self.state = state
        self.cell = cell
        self.deviations = deviations
        self.evidence = evidence
        self.noDataReason = noDataReason
        self.remarks = remarks
        self.remediation = remediation
        self.weight = weight
    }
}

/// What stands in the results column of the policy table.
public enum PolicyCell: Sendable, Hashable, Codable {
    /// Nothing.
    case empty
    /// Counts of vulnerabilities.
    case counts(SeverityCounts)
    /// A count of things: `0 packages`, `1 deviation`.
    case count(Int, unit: String)
    /// A count of things beside others that could not be judged, which the report says below the table.
    case countBesides(Int, unit: String, unjudged: Int, of: Int)
    /// `No data`.
    case noData

    /// The text of a count of things, with its plural; nil for the others.
    public var text: String? {
        switch self {
        case .count(let number, let unit), .countBesides(let number, let unit, _, _):
            "\(number) \(unit)\(number == 1 ? "" : "s")"
        case .noData: "No data"
        case .empty, .counts: nil
        }
    }

    /// Whether something that could not be judged stands beside the count.
    public var isPartial: Bool { if case .countBesides = self { true } else { false } }
}

/// One thing that deviates from a policy.
public struct PolicyDeviation: Sendable, Hashable, Codable {
    /// What deviates: a package, an image reference, an attestation, a user.
    public let subject: String
    /// How, in one sentence.
    public let detail: String

    /// What deviates, and how, in a few words each.
    public init(subject: String, detail: String) {
        self.subject = subject
        self.detail = detail
    }
}
