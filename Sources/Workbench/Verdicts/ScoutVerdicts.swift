// SPDX-License-Identifier: Apache-2.0

import Advisories
package import Diagnostics
package import ImageAnalysis
import ImagePolicies
import Packages
package import Reporting

/// What the conditions of `scout … --exit-code` and `--exit-on` come to for an image: a gate opens for what is known, and never for what nobody looked at.
package enum ScoutVerdicts {
    /// `cves --exit-code`.
    package static func cves(_ report: AnalysisReport, _ filter: VulnerabilityFilter) -> Verdict {
        if report.vulnerabilities.matches.contains(where: { $0.mark == nil && filter.shows($0) }) {
            return .failed
        }
        return report.vulnerabilityDoubt(under: filter) == nil ? .passed : .unknown
    }

    /// `policy --exit-code`.
    package static func policy(_ report: AnalysisReport) -> Verdict { report.policies.state }

    /// An aspect of `compare --exit-on`.
    package enum Aspect: String, CaseIterable {
        case vulnerability, policy, package
    }

    /// Whether an image is worse than another one.
    package enum Change: String, Encodable {
        case worse, notWorse, unknown
    }

    /// `compare --exit-on` and `--exit-code`.
    package static func compare(
        _ report: AnalysisReport,
        to other: AnalysisReport,
        on aspects: [Aspect],
        anyVulnerability: Bool
    ) -> Verdict {
        var changes = aspects.map { change(of: $0, report, other) }
        if anyVulnerability { changes.append(vulnerabilitiesDiffer(report, other)) }
        if changes.contains(.worse) { return .failed }
        return changes.contains(.unknown) ? .unknown : .passed
    }

    /// Whether one aspect is worse than in the image compared with.
    package static func change(of aspect: Aspect, _ report: AnalysisReport, _ other: AnalysisReport) -> Change {
        switch aspect {
        case .vulnerability: vulnerabilityChange(report, other)
        case .policy: policyChange(report, other)
        case .package: packageChange(report, other)
        }
    }

    private static func vulnerabilityChange(_ report: AnalysisReport, _ other: AnalysisReport) -> Change {
        let (new, old) = (report.vulnerabilities.counts, other.vulnerabilities.counts)
        if VulnerabilitySeverity.allCases.contains(where: { new[$0] > old[$0] }) {
            // What the other image hides may be as bad.
            return other.packageDoubt == nil ? .worse : .unknown
        }
        return hasDoubtOfItsOwn(report, other) ? .unknown : .notWorse
    }

    private static func vulnerabilitiesDiffer(_ report: AnalysisReport, _ other: AnalysisReport) -> Change {
        func names(_ report: AnalysisReport) -> Set<String> {
            Set(report.vulnerabilities.matches.filter { $0.mark == nil }.map { "\($0.id) \($0.package.purl)" })
        }
        if names(report) != names(other) { return .worse }
        return hasDoubtOfItsOwn(report, other) || hasDoubtOfItsOwn(other, report) ? .unknown : .notWorse
    }

    /// Whether something of an image could not be judged that is not, as it is, in the other one as well.
    private static func hasDoubtOfItsOwn(_ report: AnalysisReport, _ other: AnalysisReport) -> Bool {
        if report.packageDoubt != nil { return true }
        let undecided = Set(report.vulnerabilities.undecided.map { $0.id + " " + $0.package })
        let known = Set(other.vulnerabilities.undecided.map { $0.id + " " + $0.package })
        let unjudged = Set(report.vulnerabilities.unjudged).subtracting(other.vulnerabilities.unjudged)
        return !unjudged.isEmpty || !undecided.subtracting(known).isEmpty
    }

    private static func policyChange(_ report: AnalysisReport, _ other: AnalysisReport) -> Change {
        let changes = report.policies.results.map { result -> Change in
            switch (other.policies.result(result.id)?.state ?? .unknown, result.state) {
            // Met is not worse than anything, and not met is as bad as it gets.
            case (_, .passed), (.failed, _): .notWorse
            case (.passed, .failed): .worse
            case (.passed, .unknown), (.unknown, _): .unknown
            }
        }
        if changes.contains(.worse) { return .worse }
        return changes.contains(.unknown) ? .unknown : .notWorse
    }

    private static func packageChange(_ report: AnalysisReport, _ other: AnalysisReport) -> Change {
        if PackageDifference.list(report.packages, other.packages).contains(where: { $0.old == nil }) {
            return other.packageDoubt == nil ? .worse : .unknown
        }
        return report.packageDoubt == nil ? .notWorse : .unknown
    }
}
