// SPDX-License-Identifier: Apache-2.0

import Advisories
import BaseImages
public import BillOfMaterials
public import Diagnostics
public import ImagePolicies
public import OCISpec
import Packages
import SystemFiles

extension ImageAnalyzer {
    /// Analyses a list of packages of which no image is at hand.
    ///
    /// Only what packages tell is judged: vulnerabilities and licences. The policies that ask for the image itself (its user, its
    /// base, what is attached to it) are left out of the profile.
    ///
    /// - Parameters:
    ///   - name: what reports call it, such as `sbom://app.spdx.json`.
    ///   - digest: the digest of the document's bytes.
    ///   - kind: where the list comes from.
    ///   - unknowns: why it may be incomplete.
    /// - Throws: a `Failure` when the advisory data cannot be read.
    public func analyze(
        _ document: SBOMDocument,
        name: String,
        digest: Digest,
        kind: SBOMSource.Kind = .document,
        unknowns: [Unknown] = [],
        profile: PolicyProfile = .classic
    ) throws -> AnalysisReport {
        let configuration = ImageConfiguration(platform: .linuxAMD64, rootfs: RootFilesystem(diffIDs: []))
        let reason = "only a list of packages is at hand, not the image"
        let known: Set<Facet> = [.packages]
        let vulnerabilities = try advisories.match(document.packages)
        let input = PolicyInput(
            reference: nil,
            digest: digest,
            configuration: configuration,
            accounts: Accounts(passwd: nil, group: nil, userDoubt: reason, groupDoubt: reason),
            distribution: document.distribution,
            packages: document.packages,
            vulnerabilities: vulnerabilities,
            attestations: .none,
            base: .unknown(reason),
            facts: facts,
            today: today,
            unknowns: unknowns,
            missing: Dictionary(
                uniqueKeysWithValues: Facet.allCases.filter { !known.contains($0) }.map { ($0, reason) }
            )
        )
        return AnalysisReport(
            name: name,
            digest: digest,
            platform: configuration.platform,
            created: document.created.isEmpty ? nil : document.created,
            user: nil,
            size: ImageSize(bytes: 0),
            distribution: document.distribution,
            sbom: SBOMSource(kind: kind, packageCount: document.packages.count),
            packages: document.packages,
            provenance: nil,
            attestations: .none,
            base: .scratch,
            baseCounts: nil,
            vulnerabilities: vulnerabilities,
            policies: profile.only(restingOn: known).judge(input),
            findings: document.remarks.map { Finding(rule: "sbom-remark", severity: .info, message: $0) },
            unknowns: unknowns,
            factsAsOf: facts?.asOf,
            today: today,
            engineVersion: engineVersion
        )
    }
}
