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
