// SPDX-License-Identifier: Apache-2.0

import Diagnostics

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

    /// It cannot be said, for the base image is not known.
    static func baseUnknown(_ reason: String) -> PolicyOutcome {
        .noData(
            "the base image is not known: " + reason,
            remediation: "Build with --provenance=mode=max, so that the image tells its base."
        )
    }
}
