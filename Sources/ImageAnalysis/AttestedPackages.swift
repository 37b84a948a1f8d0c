// SPDX-License-Identifier: Apache-2.0

// Source: SPDX specification 2.3, clauses 6 and 7, JSON form; purls as syft writes them.

import OCISpec
import Packages

/// The packages of an SPDX document that is attached to an image.
enum AttestedPackages {
    /// The packages that carry a purl, sorted, each once; nil when the predicate is no SPDX document.
    static func read(_ statement: InTotoStatement, distribution: Distribution?) -> [Package]? {
        guard let document = try? JSONValue(parsing: statement.predicate, depth: 128) else { return nil }
        // Some generators put the document one level deeper.
        let root = document["packages"] == nil ? document["Data"] ?? document : document
        guard let entries = root["packages"]?.array else { return nil }
        var packages: Set<Package> = []
        for entry in entries {
            if let package = package(entry, distribution: distribution) { packages.insert(package) }
        }
        return packages.sorted {
            ($0.type.rawValue, $0.name, $0.version, $0.architecture ?? "") < (
                $1.type.rawValue, $1.name, $1.version, $1.architecture ?? ""
            )
        }
    }

    private static func package(_ entry: JSONValue, distribution: Distribution?) -> Package? {
        let purls = (entry["externalRefs"]?.array ?? []).compactMap { reference -> PackageURL? in
            guard reference["referenceType"]?.string == "purl", let text = reference["referenceLocator"]?.string else {
                return nil
            }
            return try? PackageURL(parsing: text)
        }
        guard let purl = purls.first, let type = PackageType(rawValue: purl.type) else { return nil }
        guard let version = purl.version ?? entry["versionInfo"]?.string, !version.isEmpty else { return nil }
        let isDistribution = [.apk, .deb, .rpm].contains(type)
        let name =
            isDistribution || purl.namespace == nil ? purl.name : (purl.namespace ?? "") + separator(type) + purl.name
        var licenses: [String] = []
        for field in ["licenseDeclared", "licenseConcluded"] where licenses.isEmpty {
            if let text = entry[field]?.string, text != "NOASSERTION", text != "NONE" { licenses = [text] }
        }
        let source = (entry["sourceInfo"]?.string).flatMap { text in
            text.split(separator: ":").last.map { $0.drop { $0 == " " } }
        }
        return Package(
            type: type,
            name: name,
            version: version,
            architecture: purl.qualifiers["arch"],
            origin: purl.qualifiers["upstream"].map(origin),
            distribution: isDistribution ? self.distribution(purl) ?? distribution : nil,
            licenses: licenses,
            locations: source.flatMap { $0.hasPrefix("/") ? [Package.Location(path: String($0))] : nil } ?? [],
            foundBy: "sbom-attestation"
        )
    }

    private static func separator(_ type: PackageType) -> String { type == .maven ? ":" : "/" }

    /// `openssl` or `openssl@3.0.15-1`.
    private static func origin(_ text: String) -> Package.Origin {
        let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
        return Package.Origin(name: parts.first ?? text, version: parts.count > 1 ? parts[1] : nil)
    }

    /// Syft writes `distro=debian-12`, Scout `os_name=debian&os_version=12`.
    private static func distribution(_ purl: PackageURL) -> Distribution? {
        if let text = purl.qualifiers["distro"] {
            let parts = text.split(separator: "-", maxSplits: 1).map(String.init)
            return parts.count == 2 ? Distribution(id: parts[0], versionID: parts[1]) : Distribution(id: text)
        }
        guard let name = purl.qualifiers["os_name"] else { return nil }
        return Distribution(id: name, versionID: purl.qualifiers["os_version"], codename: purl.qualifiers["os_distro"])
    }
}
