// SPDX-License-Identifier: Apache-2.0

/// Every policy that there is, one line each. Which of them are judged together is for a `PolicyProfile` to say.
public enum PolicyRegistry {
    /// The policies, sorted by their types' names.
    public static let all: [any ImagePolicy.Type] = [
        ApprovedBaseImages.self,
        DefaultNonRootUser.self,
        FixableVulnerabilities.self,
        HighProfileVulnerabilitiesPolicy.self,
        LicensePolicy.self,
        OutdatedBaseImage.self,
        SupplyChainAttestations.self,
    ]
}
