// SPDX-License-Identifier: Apache-2.0

public import BillOfMaterials
import Diagnostics
public import ImagePolicies
public import OCISpec

extension ImageAnalyzer {
    /// Analyses a list of packages of which no image is at hand.
    ///
    /// Only what packages tell is judged: vulnerabilities and licences. The policies that ask for the image itself (its user, its
    /// base, what is attached to it) are left out of the profile.
    ///
    /// - Parameters:
    ///   - name: what reports call it, such as `sbom://app.spdx.json`.
    ///   - digest: the digest of the document's bytes.
    /// - Throws: a `Failure` when the advisory data cannot be read.
    public func analyze(
        _ document: SBOMDocument,
        name: String,
        digest: Digest,
        profile: PolicyProfile = .classic
    ) throws -> AnalysisReport {
        try analyze(
            LoosePackages(
                name: name,
                digest: digest,
                kind: .document,
                why: "only a list of packages is at hand, not the image",
                created: document.created.isEmpty ? nil : document.created,
                packages: document.packages,
                distribution: document.distribution,
                findings: document.remarks.map { Finding(rule: "sbom-remark", severity: .info, message: $0) },
                unknowns: document.unknowns.map { Unknown(reason: $0, scope: .packages) }
            ),
            profile: profile
        )
    }
}
