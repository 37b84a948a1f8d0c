// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics

/// One rule that an image should follow.
///
/// A policy answers met, not met or no data, each with evidence; ignorance never makes it met.
public protocol ImagePolicy: Sendable {
    /// The stable id.
    var id: String { get }
    /// The title when it is met.
    var title: String { get }
    /// The title when it is not met.
    var failingTitle: String { get }
    /// The points of the health score.
    var weight: Int { get }
    /// Judges an image.
    func judge(_ input: PolicyInput) -> PolicyOutcome
}

/// What a policy finds, before titles are put to it.
public struct PolicyOutcome: Sendable {
    let state: Verdict
    let cell: PolicyCell
    let deviations: [PolicyDeviation]
    let evidence: [Evidence]
    let noDataReason: String?
    let remarks: [String]
    let remediation: String?

    /// The policy is met.
    static func met(_ cell: PolicyCell, evidence: [Evidence], remarks: [String] = []) -> PolicyOutcome {
        PolicyOutcome(
            state: .passed,
            cell: cell,
            deviations: [],
            evidence: evidence,
            noDataReason: nil,
            remarks: remarks,
            remediation: nil
        )
    }

    /// The policy is not met.
    static func notMet(
        _ cell: PolicyCell,
        deviations: [PolicyDeviation],
        evidence: [Evidence],
        remediation: String,
        remarks: [String] = []
    ) -> PolicyOutcome {
        PolicyOutcome(
            state: .failed,
            cell: cell,
            deviations: deviations,
            evidence: evidence,
            noDataReason: nil,
            remarks: remarks,
            remediation: remediation
        )
    }

    /// It cannot be said.
    static func noData(_ reason: String, evidence: [Evidence] = [], remediation: String, remarks: [String] = [])
        -> PolicyOutcome
    {
        PolicyOutcome(
            state: .unknown,
            cell: .noData,
            deviations: [],
            evidence: evidence + [Evidence(kind: .unknown, detail: reason)],
            noDataReason: reason,
            remarks: remarks,
            remediation: remediation
        )
    }
}

extension ImagePolicy {
    /// Judges an image and puts the titles to it.
    public func result(for input: PolicyInput) -> PolicyResult {
        let outcome = judge(input)
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
            weight: weight
        )
    }
}

extension PolicyInput {
    /// Why the vulnerabilities of the image are not wholly known; nil when they are.
    var vulnerabilityDoubt: String? {
        if let unknown = packageUnknowns.first {
            let count = packageUnknowns.count
            return "the image's packages are not wholly known: " + unknown.reason
                + (count > 1 ? " (and \(count - 1) more)" : "")
        }
        return vulnerabilities.gaps.first?.sentence ?? vulnerabilities.undecided.first?.sentence
    }

    /// What the judgement of vulnerabilities rests on when nothing is found.
    var vulnerabilityEvidence: Evidence {
        let data = vulnerabilities.dataSet
        return Evidence(
            kind: .policy,
            detail: "\(packages.count) packages compared with advisory data \(data.version) as of \(data.asOf)"
        )
    }
}
