// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics
import Packages

/// No vulnerability that is critical or high and for which a fix exists.
struct FixableVulnerabilities: ImagePolicy {
    static let id = "fixable-vulnerabilities"
    static let aliases = ["Severity-Based Vulnerability"]
    static let needs: Set<Facet> = [.packages]
    static let parameters: [PolicyParameter<Self>] = [
        .choices("severities", "the severities that count", \.severities, in: Self()),
        .flag("fixable-only", "whether only vulnerabilities with a fix count", \.fixableOnly, in: Self()),
    ]

    let title = "No fixable critical or high vulnerabilities"
    let failingTitle = "Fixable critical or high vulnerabilities found"
    let weight = 20
    /// The severities that count.
    var severities: Set<VulnerabilitySeverity> = [.critical, .high]
    /// Whether only those with a fix count.
    var fixableOnly = true

    func judge(_ input: PolicyInput) -> PolicyOutcome {
        let violations = input.vulnerabilities.matches.filter {
            severities.contains($0.severity) && ($0.isFixable || !fixableOnly)
        }
        return input.outcome(of: violations, remediation: "Update each package to the version with the fix.")
    }
}

extension VulnerabilityMatch {
    /// The package with its version, as deviations name it.
    var subject: String { package.name + " " + package.version }

    var deviation: PolicyDeviation {
        let fix = fixedVersion.map { "fixed in " + $0 } ?? "not fixed"
        let marks = (isHighProfile ? ", high-profile" : "") + (isKEV ? ", known to be exploited" : "")
        return PolicyDeviation(subject: subject, detail: "\(id), \(severity.rawValue), \(fix)\(marks)")
    }

    var evidence: Evidence {
        Evidence(
            kind: .vulnerability,
            file: package.locations.first?.path,
            detail:
                "\(id) touches \(advisoryName) \(affectedRange), the image has \(advisoryVersion); rated by \(severitySource)"
        )
    }
}
