// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics

extension PolicyInput {
    /// Why the vulnerabilities of the image are not wholly known; nil when they are.
    var vulnerabilityDoubt: String? {
        if let unknown = packageUnknowns.first {
            let count = packageUnknowns.count
            return "the image's packages are not wholly known: " + unknown.reason
                + (count > 1 ? " (and \(count - 1) more)" : "")
        }
        return vulnerabilities.doubt
    }

    /// What the vulnerabilities that a policy does not allow come to: any is a failure, and none is a pass only where all
    /// packages are known.
    ///
    /// - Parameter marked: those that would not be allowed and do not count, for somebody who is trusted marks them.
    func outcome(
        of violations: [VulnerabilityMatch],
        marked: [VulnerabilityMatch] = [],
        remarks: [String] = [],
        remediation: String
    ) -> PolicyOutcome {
        let doubt = vulnerabilityDoubt
        let remarks = remarks + marked.compactMap(\.markRemark)
        guard violations.isEmpty else {
            return .notMet(
                .counts(SeverityCounts(counting: violations.map(\.severity))),
                deviations: violations.map(\.deviation),
                evidence: violations.map(\.evidence),
                remediation: remediation,
                remarks: remarks + (doubt.map { [$0] } ?? [])
            )
        }
        if let doubt {
            return .noData(
                doubt,
                remediation: "Look at the packages named here by other means.",
                remarks: remarks
            )
        }
        return .met(
            .counts(SeverityCounts()),
            evidence: [vulnerabilityEvidence] + marked.map(\.markEvidence),
            remarks: remarks
        )
    }

    /// What the judgement of vulnerabilities rests on when nothing is found.
    private var vulnerabilityEvidence: Evidence {
        let data = vulnerabilities.dataSet
        return Evidence(
            kind: .policy,
            detail: "\(packages.count) packages compared with advisory data \(data.version) as of \(data.asOf)"
        )
    }
}
