// SPDX-License-Identifier: Apache-2.0

/// The vulnerabilities that everybody has heard of, as Docker Scout's documentation lists them.
public enum HighProfileVulnerabilities {
    /// The list of the classic policy.
    public static let classic: Set<String> = [
        "CVE-2014-0160", "CVE-2021-44228", "CVE-2023-38545", "CVE-2023-44487", "CVE-2024-3094", "CVE-2024-47176",
        "CVE-2024-47076", "CVE-2024-47175", "CVE-2024-47177",
    ]

    /// The list of the current policy.
    public static let current: Set<String> = [
        "CVE-2014-0160", "CVE-2014-6271", "CVE-2021-44228", "CVE-2021-45046", "CVE-2022-22965", "CVE-2023-38545",
        "CVE-2023-44487", "CVE-2024-3094",
    ]
}
