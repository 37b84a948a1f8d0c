// SPDX-License-Identifier: Apache-2.0

import Advisories
import CivilTime
import Diagnostics
import Packages

/// No vulnerability that is critical or high and for which a fix exists; what somebody who is trusted marks as not affecting the
/// image (VEX) does not count, and is said.
struct FixableVulnerabilities: ImagePolicy {
    static let id = "fixable-vulnerabilities"
    static let aliases = ["Severity-Based Vulnerability"]
    static let needs: Set<Facet> = [.packages]
    static let parameters: [PolicyParameter<Self>] = [
        .choices("severities", "the severities that count", \.severities, in: Self()),
        .flag("fixable-only", "whether only vulnerabilities with a fix count", \.fixableOnly, in: Self()),
        .texts(
            "package-types",
            "the types of packages that count, as purls name them; all when not set",
            \.packageTypes,
            in: Self(),
            read: { Set($0) },
            write: { $0.sorted() }
        ),
        .number(
            "grace-period-days",
            "how many days after its publication a vulnerability begins to count",
            0...3650,
            \.graceDays,
            in: Self()
        ),
    ]

    let title = "No fixable critical or high vulnerabilities"
    let failingTitle = "Fixable critical or high vulnerabilities found"
    let weight = 20
    /// The severities that count.
    var severities: Set<VulnerabilitySeverity> = [.critical, .high]
    /// Whether only those with a fix count.
    var fixableOnly = true
    /// The types of packages that count; empty means all.
    var packageTypes: Set<String> = []
    /// How many days after its publication a vulnerability begins to count.
    var graceDays = 0

    func judge(_ input: PolicyInput) -> PolicyOutcome {
        let counted = input.vulnerabilities.matches.filter { match in
            severities.contains(match.severity) && (match.isFixable || !fixableOnly)
                && (packageTypes.isEmpty || packageTypes.contains(match.package.type.rawValue))
                && !isInGrace(match, today: input.today)
        }
        return input.outcome(
            of: counted.filter { $0.mark == nil },
            marked: counted.filter { $0.mark != nil },
            remediation: "Update each package to the version with the fix."
        )
    }

    /// Whether a vulnerability is so new that it does not count yet; one without a day of publication always counts.
    private func isInGrace(_ match: VulnerabilityMatch, today: String) -> Bool {
        guard graceDays > 0, let published = match.published.flatMap(CivilDay.init(iso:)),
            let today = CivilDay(iso: today)
        else { return false }
        return today.epochDays - published.epochDays < graceDays
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

    /// What is said of a vulnerability that is marked as not mattering; nil for others.
    var markRemark: String? { mark.map { "\(id) of \(subject) does not count: \($0.phrase)" } }

    var markEvidence: Evidence {
        Evidence(kind: .attestation, file: package.locations.first?.path, detail: markRemark ?? "")
    }
}

extension CivilDay {
    /// Reads `YYYY-MM-DD`.
    fileprivate init?(iso text: String) {
        guard let midnight = Instant(parsing: text.prefix(10) + "T00:00:00Z") else { return nil }
        self = midnight.day
    }
}
