// SPDX-License-Identifier: Apache-2.0

import Advisories

/// A set of policies that are judged together. The one place where policies are registered.
public struct PolicyProfile: Sendable {
    /// The name, such as `classic`.
    public let name: String
    /// The policies, sorted by their passing titles, which is the order in which they are shown.
    public let policies: [any ImagePolicy]
    /// How the health score is made.
    public let formula: HealthScore.Formula

    /// Makes a profile; the policies are put into the order in which they are shown.
    public init(name: String, policies: [any ImagePolicy], formula: HealthScore.Formula) {
        self.name = name
        self.policies = policies.sorted { ($0.title.lowercased(), $0.id) < ($1.title.lowercased(), $1.id) }
        self.formula = formula
    }

    /// Judges an image by every policy.
    public func judge(_ input: PolicyInput) -> PolicyReport {
        PolicyReport(profile: name, results: policies.map { $0.result(for: input) }, formula: formula)
    }

    /// The profile with only the named policies, by id or by one of their titles, letters compared without case.
    ///
    /// - Returns: nil when a name is of none of them.
    public func only(_ names: [String]) -> PolicyProfile? {
        guard !names.isEmpty else { return self }
        let wanted = names.map { name in
            policies.filter { policy in
                ([policy.id, policy.title, policy.failingTitle] + (Self.otherNames[policy.id] ?? [])).contains {
                    $0.lowercased() == name.lowercased()
                }
            }
        }
        guard wanted.allSatisfy({ !$0.isEmpty }) else { return nil }
        let ids = Set(wanted.joined().map(\.id))
        return PolicyProfile(name: name, policies: policies.filter { ids.contains($0.id) }, formula: formula)
    }

    /// The profile with only the policies that a list of packages is enough for.
    public var aboutPackages: PolicyProfile {
        let ids = ["copyleft-license", "fixable-vulnerabilities", "high-profile-vulnerabilities"]
        return PolicyProfile(name: name, policies: policies.filter { ids.contains($0.id) }, formula: formula)
    }

    /// Ids and titles under which Docker's documentation also knows a policy.
    private static let otherNames = [
        "copyleft-license": ["no-copyleft-licenses", "Compliant Licenses"],
        "fixable-vulnerabilities": ["Severity-Based Vulnerability"],
        "high-profile-vulnerabilities": ["High-Profile Vulnerabilities"],
        "approved-base-images": ["Approved Base Images"],
        "no-stale-base-images": ["Up-to-Date Base Images"],
    ]
}

extension PolicyProfile {
    /// The seven policies of the tutorial, as Scout's servers judged them until 2026.
    public static let classic = classic(approvedBaseImages: ["*"])

    /// The classic policies with the sources that base images may come from.
    public static func classic(approvedBaseImages patterns: [String]) -> PolicyProfile {
        PolicyProfile(
            name: "classic",
            policies: [
                DefaultNonRootUser(failingTitle: "No default non-root user found"),
                LicensePolicy(
                    title: "No AGPL v3 licenses",
                    failingTitle: "AGPL v3 licenses found",
                    rule: .agpl3,
                    remediation: "replace each package by one under another licence"
                ),
                FixableVulnerabilities(),
                HighProfileVulnerabilitiesPolicy(ids: HighProfileVulnerabilities.classic),
                OutdatedBaseImage(),
                ApprovedBaseImages(patterns: patterns.map(ReferencePattern.init)),
                SupplyChainAttestations(failingTitle: "Missing supply chain attestation(s)"),
            ],
            formula: .classic
        )
    }

    /// The built-in policies of the command line since 2026; where it passes silently for want of data, ours has no data.
    public static let current = PolicyProfile(
        name: "current",
        policies: [
            DefaultNonRootUser(failingTitle: "Image runs as the root user"),
            LicensePolicy(
                title: "No copyleft licenses",
                failingTitle: "Copyleft licensed packages found",
                rule: .copyleft,
                remediation: "replace each package by one under a permissive licence, or allow it"
            ),
            FixableVulnerabilities(),
            HighProfileVulnerabilitiesPolicy(ids: HighProfileVulnerabilities.current),
            OutdatedBaseImage(),
            ApprovedBaseImages(),
            SupplyChainAttestations(failingTitle: "Required supply chain attestations missing"),
        ],
        formula: .current
    )

    /// The profiles by name.
    public static let all: [PolicyProfile] = [classic, current]

    /// The profile of a name; nil when there is none.
    public static func named(_ name: String) -> PolicyProfile? { all.first { $0.name == name } }
}
