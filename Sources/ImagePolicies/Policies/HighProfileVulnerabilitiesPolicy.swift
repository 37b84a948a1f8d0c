// SPDX-License-Identifier: Apache-2.0

import Advisories
import Diagnostics

/// No vulnerability that everybody has heard of, and none that is known to be exploited; of any severity, fixed or not. Marks of
/// VEX statements change nothing, as in Docker's own rule: these are looked at by a person.
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
        .texts(
            "ignored",
            "the ids that do not count, as id or as alias of a vulnerability",
            \.ignored,
            in: Self(),
            read: { Set($0) },
            write: { $0.sorted() }
        ),
    ]

    let title = "No high-profile vulnerabilities"
    let failingTitle = "High-profile vulnerabilities found"
    let weight = 20
    /// The ids that count, as id or as alias.
    var ids = HighProfileVulnerabilities.classic
    /// Whether known exploited ones count.
    var includesKnownExploited = true
    /// The ids that do not count, as id or as alias.
    var ignored: Set<String> = []

    func judge(_ input: PolicyInput) -> PolicyOutcome {
        let violations = input.vulnerabilities.matches.filter { match in
            let names = Set([match.id] + match.aliases)
            return ignored.isDisjoint(with: names)
                && (!ids.isDisjoint(with: names) || match.isKEV && includesKnownExploited)
        }
        return input.outcome(
            of: violations,
            remarks: violations.compactMap(\.markRemark).map { $0 + "; this policy counts it all the same" },
            remediation: "Update the package, or take it out of the image."
        )
    }
}
