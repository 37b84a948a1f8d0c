// SPDX-License-Identifier: Apache-2.0

/// How much a finding matters to the person who reads it.
///
/// Not to be confused with the severity of a vulnerability, which `Advisories` owns.
public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case info, warning, error

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        }
    }

    /// Orders by weight, the lightest first.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
