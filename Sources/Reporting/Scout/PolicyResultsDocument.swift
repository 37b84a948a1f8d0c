// SPDX-License-Identifier: Apache-2.0

// Source: public output of Docker Scout's `policy --result-file`.

import Diagnostics
public import ImagePolicies

/// `policy --result-file`: an object with a member for each policy, named by its id.
public struct PolicyResultsDocument: Sendable, Encodable {
    private let results: [String: Result]

    /// Makes the document of a judgement.
    public init(_ report: PolicyReport) {
        results = Dictionary(report.results.map { ($0.id, Result($0)) }) { first, _ in first }
    }

    /// Writes the members.
    public func encode(to encoder: any Encoder) throws { try results.encode(to: encoder) }

    private struct Result: Sendable, Encodable {
        /// False also where there is no data, which must not read as met.
        let pass: Bool
        let state: String
        let reason: String?
        let violations: [PolicyDeviation]
        let remarks: [String]

        init(_ result: PolicyResult) {
            pass = result.state == .passed
            state = result.state.rawValue
            reason = result.noDataReason
            violations = result.deviations
            remarks = result.remarks
        }
    }
}
