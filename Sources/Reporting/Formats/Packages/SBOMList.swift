// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageAnalysis
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
        return lines.joined()
    }
}
