// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageAnalysis
import ImagePolicies
import Packages

/// `sbom --format list`: type, name and version, a line a package.
public struct SBOMList: ReportFormat {
    /// `list`.
    public var name: String { "list" }

    /// Makes the form.
    public init() {}

    /// The lines; only packages of the types that are asked for.
    public func render(_ listing: PackageListing) -> String {
        let packages = listing.report.packages.filter {
            listing.types.isEmpty || listing.types.contains($0.type.rawValue)
        }
        let lines = packages.map { "\($0.type.rawValue)  \($0.name)  \($0.version)".harmless + "\n" }
        // A remark and no row: whoever takes the list apart finds three words in each line of a package.
        let doubts = listing.report.unknowns.filter(\.mayHidePackages)
        return (lines + doubts.map { "# unknown: \($0.reason)".harmless + "\n" }).joined()
    }
}
