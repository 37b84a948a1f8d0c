// SPDX-License-Identifier: Apache-2.0

import Packages

/// Answers quickly whether the data speak of a package in a version.
struct CoverageIndex {
    private struct Area {
        let ecosystem: Ecosystem
        /// By comparable name; nil means every package.
        let packages: [String: [DataSetManifest.CoveredPackage]]?
    }

    private let areas: [Area]

    init(_ coverage: [DataSetManifest.Coverage]) {
        areas = coverage.map { entry in
            let ecosystem = Ecosystem(entry.ecosystem)
            return Area(
                ecosystem: ecosystem,
                packages: entry.packages.map {
                    Dictionary(grouping: $0) { ecosystem.comparableName($0.name) }
                }
            )
        }
    }

    func covers(_ name: String, _ version: String, in ecosystem: Ecosystem) -> Bool {
        areas.contains { area in
            guard area.ecosystem.covers(ecosystem) else { return false }
            guard let packages = area.packages else { return true }
            return (packages[ecosystem.comparableName(name)] ?? []).contains {
                $0.covers(version, scheme: ecosystem.versionScheme)
            }
        }
    }
}

extension DataSetManifest.CoveredPackage {
    /// Whether a version was looked at. A range that cannot be read covers nothing.
    func covers(_ version: String, scheme: VersionScheme?) -> Bool {
        if versions == nil, range == nil { return true }
        if versions?.contains(version) ?? false { return true }
        guard let range, let scheme else { return false }
        return (try? scheme.contains(version, in: range)) ?? false
    }
}
