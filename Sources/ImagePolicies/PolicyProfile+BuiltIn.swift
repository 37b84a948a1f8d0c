// SPDX-License-Identifier: Apache-2.0

import Advisories

extension PolicyProfile {
    /// The seven policies of the tutorial, as Scout's servers judged them until 2026.
    public static let classic = PolicyProfile(
        name: "classic",
        policies: [
            DefaultNonRootUser(),
            LicensePolicy(rule: .agpl3),
            FixableVulnerabilities(),
            HighProfileVulnerabilitiesPolicy(ids: HighProfileVulnerabilities.classic),
            OutdatedBaseImage(),
            ApprovedBaseImages(),
            SupplyChainAttestations(),
        ],
        formula: .classic
    )

    /// The built-in policies of the command line since 2026; where it passes silently for want of data, ours has no data.
    public static let current = PolicyProfile(
        name: "current",
        policies: [
            DefaultNonRootUser(failingTitle: "Image runs as the root user"),
            LicensePolicy(rule: .copyleft),
            FixableVulnerabilities(),
            HighProfileVulnerabilitiesPolicy(ids: HighProfileVulnerabilities.current),
            OutdatedBaseImage(),
            ApprovedBaseImages(),
            SupplyChainAttestations(failingTitle: "Required supply chain attestations missing"),
        ],
        formula: .current
    )

    /// The profiles that there are.
    public static let all: [PolicyProfile] = [classic, current]

    /// The profile of a name; nil when there is none.
    public static func named(_ name: String) -> PolicyProfile? { all.first { $0.name == name } }
}
