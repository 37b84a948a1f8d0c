// SPDX-License-Identifier: Apache-2.0

// Source: Docker's documentation of policy scores; the weights are those of the classic score.

import Diagnostics
import OCISpec

/// A grade for an image: the points of the policies that it meets, out of all.
public struct HealthScore: Sendable, Hashable, Codable {
    /// The points of the policies that are met.
    public let awarded: Int
    /// The points of all policies.
    public let total: Int
    /// How the grade follows from the points.
    public let formula: Formula

    /// Takes the points; nil when there are none to have.
    public init?(awarded: Int, total: Int, formula: Formula) {
        guard total > 0, awarded >= 0, awarded <= total else { return nil }
        self.awarded = awarded
        self.total = total
        self.formula = formula
    }

    /// Adds up results; a policy that is not met or could not be judged counts in the total only.
    public init?(results: [PolicyResult], formula: Formula) {
        let counted = results.filter { $0.weight > 0 }
        self.init(
            awarded: counted.filter { $0.state == .passed }.reduce(0) { $0 + $1.weight },
            total: counted.reduce(0) { $0 + $1.weight },
            formula: formula
        )
    }

    /// Why an image has no grade, in one sentence; nil when it may have one.
    ///
    /// Source: Docker's documentation of policy scores: they are for linux/amd64 and linux/arm64.
    static func isNotApplicable(to input: PolicyInput) -> String? {
        if let reason = input.missing[.configuration] { return reason }
        let platform = input.configuration.platform
        guard platform.os == "linux", ["amd64", "arm64"].contains(platform.architecture) else {
            return
                "health scores are for linux/amd64 and linux/arm64, and the image is for \(platform.description.harmless)"
        }
        return nil
    }

    /// The percentage, rounded to the nearest whole number, halves upwards.
    public var percent: Int { (200 * awarded + total) / (2 * total) }

    /// The grade, A to F.
    public var grade: String {
        switch formula {
        case .classic:
            // The documented bands are of whole percentages; 10 itself stands in none and goes to the lower.
            switch percent {
            case 91...: "A"
            case 71...: "B"
            case 51...: "C"
            case 31...: "D"
            case 11...: "E"
            default: "F"
            }
        case .current:
            switch 100 * awarded {
            case (90 * total + 1)...: "A"
            case (70 * total + 1)...: "B"
            case (50 * total + 1)...: "C"
            case (30 * total + 1)...: "D"
            case (10 * total + 1)...: "E"
            default: "F"
            }
        }
    }

    /// How a grade follows from points.
    public enum Formula: String, Sendable, Hashable, Codable, CaseIterable {
        /// Bands of whole percentages.
        case classic
        /// Strictly above the bound, of the exact ratio.
        case current
    }
}
