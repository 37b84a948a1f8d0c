// SPDX-License-Identifier: Apache-2.0

import Packages

/// Builds packages from what documents say of them, the purl first.
struct PackageFromPURL {
    /// The purl; nil when there is none or it is not one.
    let purl: PackageURL?

    /// Reads a purl, also the old spelling `pkg:alpine/name@version` of syft.
    init(_ text: String?) {
        var text = text ?? ""
        if text.hasPrefix("pkg:alpine/") {
            let rest = text.dropFirst("pkg:alpine/".count)
            text = "pkg:apk/alpine/" + (rest.hasPrefix("alpine/") ? rest.dropFirst("alpine/".count) : rest)
        }
        purl = try? PackageURL(parsing: text)
    }

    /// Whether it names an image, not a package in one.
    var isImage: Bool { purl.map { ["oci", "docker"].contains($0.type) } ?? false }

    var type: PackageType { purl.flatMap { PackageType(rawValue: $0.type) } ?? .generic }

    /// The distribution that the qualifiers name: `distro=alpine-3.16.2`, or Scout's `os_name` and `os_version`.
    var distribution: Distribution? {
        guard let purl else { return nil }
        if let id = purl.qualifiers["os_name"] {
            return Distribution(
                id: id,
                versionID: purl.qualifiers["os_version"],
                codename: purl.qualifiers["os_distro"]
            )
        }
        guard let text = purl.qualifiers["distro"] else { return nil }
        guard let hyphen = text.lastIndex(of: "-") else { return Distribution(id: text) }
        let version = String(text[text.index(after: hyphen)...])
        return Distribution(id: String(text[..<hyphen]), versionID: version.isEmpty ? nil : version)
    }

    /// The source package that the qualifier `upstream` names: `name` or `name@version`.
    var origin: Package.Origin? {
        guard let text = purl?.qualifiers["upstream"], !text.isEmpty else { return nil }
        guard let at = text.lastIndex(of: "@"), at > text.startIndex else { return Package.Origin(name: text) }
        return Package.Origin(name: String(text[..<at]), version: String(text[text.index(after: at)...]))
    }

    /// The package; nil when neither the document nor the purl has a name.
    func package(
        name: String?,
        version: String?,
        licenses: [String],
        locations: [Package.Location],
        maintainer: String? = nil,
        summary: String? = nil,
        distribution: Distribution? = nil,
        foundBy: String
    ) -> Package? {
        // The document keeps the letters' case that purls of some types lose.
        let written = name.flatMap { $0.isEmpty ? nil : $0 }
        let fromPURL = purl?.packageName
        let name: String
        if let written, let fromPURL, written.lowercased() != fromPURL.lowercased(), type == .npm || type == .golang {
            name = fromPURL
        } else if let found = written ?? fromPURL {
            name = found
        } else {
            return nil
        }
        let isSystem = [.apk, .deb, .rpm].contains(type)
        return Package(
            type: type,
            name: name,
            version: version.flatMap { $0.isEmpty ? nil : $0 } ?? purl?.version ?? "",
            architecture: purl?.qualifiers["arch"],
            origin: origin.flatMap { $0.name == name && $0.version == nil ? nil : $0 },
            distribution: isSystem ? self.distribution ?? distribution : nil,
            licenses: licenses,
            locations: locations,
            maintainer: maintainer,
            summary: summary,
            foundBy: foundBy
        )
    }
}
