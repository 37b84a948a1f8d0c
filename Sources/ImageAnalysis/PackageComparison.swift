// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Packages

/// An attested list of packages beside what the filesystem shows.
///
/// A list can be made up or out of date, so policies look at both together: leaving a package out of the SBOM buys no pass, and
/// neither does hiding it from the package database. Of licences both count as well.
struct PackageComparison {
    /// Everything that either shows, sorted; what both show comes from the filesystem.
    let union: [Package]
    /// What differs, in at most three findings.
    let findings: [Finding]

    init(attested: [Package]?, found: [Package]) {
        guard let attested else {
            union = found
            findings = []
            return
        }
        let foundKeys = Set(found.map(PackageIdentity.init))
        let attestedKeys = Set(attested.map(PackageIdentity.init))
        let hidden = found.filter { !attestedKeys.contains(PackageIdentity($0)) }
        let extra = attested.filter { !foundKeys.contains(PackageIdentity($0)) }
        var differing: [Package] = []
        let declared = Dictionary(grouping: attested, by: PackageIdentity.init)
        let completed = found.map { package -> Package in
            guard let others = declared[PackageIdentity(package)] else { return package }
            return Self.completed(package, by: others, differing: &differing)
        }
        union = (completed + extra).sorted {
            ($0.type.rawValue, $0.name, $0.version, $0.architecture ?? "") < (
                $1.type.rawValue, $1.name, $1.version, $1.architecture ?? ""
            )
        }
        var findings: [Finding] = []
        if !hidden.isEmpty {
            findings.append(
                Finding(
                    rule: "sbom-incomplete",
                    severity: .warning,
                    message:
                        "the attached SBOM leaves out \(Self.list(hidden)) that the filesystem has; they are judged as well",
                    fix: "build again with --sbom=true"
                )
            )
        }
        if !extra.isEmpty {
            findings.append(
                Finding(
                    rule: "sbom-surplus",
                    severity: .info,
                    message:
                        "the attached SBOM lists \(Self.list(extra)) that the filesystem does not show; they are judged as well"
                )
            )
        }
        if !differing.isEmpty {
            findings.append(
                Finding(
                    rule: "sbom-licenses",
                    severity: .info,
                    message:
                        "the attached SBOM declares other licenses of \(Self.list(differing)) than their files; both are judged"
                )
            )
        }
        self.findings = findings
    }

    /// A package of the filesystem with the licences that the list declares of it: both are evidence.
    private static func completed(_ package: Package, by others: [Package], differing: inout [Package]) -> Package {
        let own = Set(package.licenseExpression?.licenses ?? [])
        let more = others.flatMap(\.licenses).filter { text in
            !Set(LicenseExpression(normalizing: text)?.licenses ?? []).isSubset(of: own)
        }
        guard !more.isEmpty else { return package }
        if !own.isEmpty { differing.append(package) }
        var seen: Set<String> = []
        return package.declaring((package.licenses + more).filter { seen.insert($0).inserted })
    }

    private static func list(_ packages: [Package]) -> String {
        let names = packages.prefix(3).map { ($0.name + " " + $0.version).harmless }.joined(separator: ", ")
        let count = packages.count == 1 ? "1 package" : "\(packages.count) packages"
        return "\(count) (\(names)\(packages.count > 3 ? ", …" : ""))"
    }
}
