// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics

/// No vulnerability that everybody has heard of, and none that is known to be exploited; of any severity, fixed or not.
struct HighProfileVulnerabilitiesPolicy: ImagePolicy {
    static let id = "high-profile-vulnerabilities"
    static let aliases = ["High-Profile Vulnerabilities"]
    static let needs: Set<Facet> = [.packages]
    static let parameters: [PolicyParameter<Self>] = [
        .texts(
            "vulnerabilities",
            "the ids that count, as id or as alias of a vulnerability",
            \.ids,
            in: Self(),
            read: { Set($0) },
            write: { $0.sorted() }
        ),
        .flag(
            "known-exploited",
            "whether those that are known to be exploited count",
            \.includesKnownExploited,
            in: Self()
        ),
    ]

    let title = "No high-profile vulnerabilities"
    let failingTitle = "High-profile vulnerabilities found"
    let weight = 20
    /// The ids that count, as id or as alias.
    var ids = HighProfileVulnerabilities.classic
    /// Whether known exploited ones count.
    var includesKnownExploited = true

    func judge(_ input: PolicyInput) -> PolicyOutcome {
        let violations = input.vulnerabilities.matches.filter {
            ids.contains($0.id) || !ids.isDisjoint(with: $0.aliases) || $0.isKEV && includesKnownExploited
        }
        return input.outcome(of: violations, remediation: "Update the package, or take it out of the image.")
    }
}
