// SPDX-License-Identifier: Apache-2.0

import Advisories
import BaseImages
import Diagnostics
import ImagePolicies
import OCISpec
import Packages
import SystemFiles

/// Packages of something that is no image: a document, or a folder.
struct LoosePackages {
    /// What reports call it.
    let name: String
    /// Stands for the content.
    let digest: Digest
    /// Where the list comes from.
    let kind: SBOMSource.Kind
    /// Why nothing but packages is known.
    let why: String
    /// When it was made, RFC 3339; nil when it does not say.
    let created: String?
    let packages: [Package]
    let distribution: Distribution?
    let findings: [Finding]
    /// Why the list may be incomplete.
    let unknowns: [Unknown]
}

extension ImageAnalyzer {
    /// Judges what packages tell, and leaves out the policies that ask for more.
    func analyze(_ loose: LoosePackages, profile: PolicyProfile) throws -> AnalysisReport {
        let configuration = ImageConfiguration(platform: .linuxAMD64, rootfs: RootFilesystem(diffIDs: []))
        let known: Set<Facet> = [.packages]
        let (vulnerabilities, vexFindings) = VEXJudgement(
            documents: VEXDocuments(vex),
            rules: vex,
            products: VEXProducts(nil),
            today: today
        ).apply(to: try advisories.match(loose.packages))
        let input = PolicyInput(
            reference: nil,
            digest: loose.digest,
            configuration: configuration,
            accounts: Accounts(passwd: nil, group: nil, userDoubt: loose.why, groupDoubt: loose.why),
            distribution: loose.distribution,
            packages: loose.packages,
            vulnerabilities: vulnerabilities,
            attestations: .none,
            base: .unknown(loose.why),
            facts: facts,
            today: today,
            unknowns: loose.unknowns,
            missing: Dictionary(
                uniqueKeysWithValues: Facet.allCases.filter { !known.contains($0) }.map { ($0, loose.why) }
            )
        )
        return AnalysisReport(
            name: loose.name,
            digest: loose.digest,
            platform: configuration.platform,
            created: loose.created,
            user: nil,
            size: ImageSize(bytes: 0),
            distribution: loose.distribution,
            sbom: SBOMSource(kind: loose.kind, packageCount: loose.packages.count),
            packages: loose.packages,
            provenance: nil,
            attestations: .none,
            base: .scratch,
            baseCounts: nil,
            vulnerabilities: vulnerabilities,
            policies: profile.only(restingOn: known).judge(input),
            findings: loose.findings + vexFindings,
            unknowns: loose.unknowns,
            factsAsOf: facts?.asOf,
            today: today,
            engineVersion: engineVersion
        )
    }
}
