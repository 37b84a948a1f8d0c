// SPDX-License-Identifier: Apache-2.0

// Source: package-url specification, PURL-TYPES; the shapes that syft's and Docker Scout's reports have.

extension Package {
    /// The package's purl as BuildKit's SBOMs write it.
    ///
    /// apk, deb and rpm have the distribution as namespace and the qualifiers `arch`, `distro` (`debian-12`) and, when the
    /// source package differs, `upstream` (`name`, or `name@version` when the version differs too); other types have no
    /// qualifiers. The epoch of an rpm is a qualifier and no part of the version. What is not known is left out.
    public var purl: PackageURL {
        var parts = baseParts
        switch type {
        case .apk, .deb, .rpm:
            parts.qualifiers["arch"] = architecture
            if let distribution {
                parts.qualifiers["distro"] = distribution.id + (distribution.versionID.map { "-" + $0 } ?? "")
            }
            if let origin { parts.qualifiers["upstream"] = origin.name + (origin.version.map { "@" + $0 } ?? "") }
        case .npm, .pypi, .golang, .maven, .gem, .composer, .nuget, .cargo, .generic: break
        }
        return Self.finished(parts)
    }

    /// The purl as Docker Scout prints it: for apk, deb and rpm the *source* package with the qualifiers `os_name`,
    /// `os_version` and `os_distro` (the code name).
    public var scoutPURL: PackageURL {
        var parts = baseParts
        switch type {
        case .apk, .deb, .rpm:
            if let origin {
                parts.name = origin.name
                parts.version = origin.version ?? version
            }
            parts.qualifiers["os_name"] = distribution?.id
            parts.qualifiers["os_version"] = distribution?.versionID
            parts.qualifiers["os_distro"] = distribution?.codename
        case .npm, .pypi, .golang, .maven, .gem, .composer, .nuget, .cargo, .generic: break
        }
        return Self.finished(parts)
    }

    private static func finished(_ parts: PackageURL.Parts) -> PackageURL {
        var parts = parts
        parts.qualifiers = parts.qualifiers.filter { !$0.value.isEmpty }
        PackageURLType.normalise(&parts)
        return PackageURL(unchecked: parts)
    }

    private var baseParts: PackageURL.Parts {
        var parts = PackageURL.Parts(type: type.rawValue, name: name)
        parts.version = version.isEmpty ? nil : version
        switch type {
        case .apk: parts.namespace = [distribution?.id ?? "alpine"]
        case .deb: parts.namespace = [distribution?.id ?? "debian"]
        case .rpm:
            parts.namespace = distribution.map { [$0.id] } ?? []
            if let colon = version.firstIndex(of: ":"), let epoch = Int(version[..<colon]) {
                parts.version = String(version[version.index(after: colon)...])
                if epoch > 0 { parts.qualifiers["epoch"] = String(epoch) }
            }
        case .npm, .golang, .composer:
            var segments = name.split(separator: "/").map(String.init)
            parts.name = segments.popLast() ?? name
            parts.namespace = segments
        case .maven:
            let segments = name.split(separator: ":", maxSplits: 1).map(String.init)
            if segments.count == 2 {
                parts.namespace = [segments[0]]
                parts.name = segments[1]
            }
        case .pypi, .gem, .nuget, .cargo, .generic: break
        }
        return parts
    }
}

extension PackageType {
    /// A package's name as it is compared with an advisory's: lower case, and for Python with runs of `-`, `_` and `.` as one
    /// hyphen (PEP 503).
    public func comparableName(_ name: String) -> String {
        let lower = name.lowercased()
        guard self == .pypi else { return lower }
        var result = ""
        for character in lower {
            if "-_.".contains(character) {
                if result.last != "-" { result.append("-") }
            } else {
                result.append(character)
            }
        }
        return result
    }
}
