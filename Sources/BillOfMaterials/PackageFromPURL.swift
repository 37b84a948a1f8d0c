// SPDX-License-Identifier: Apache-2.0

import Packages

/// Builds packages from what documents say of them, the purl first.
struct PackageFromPURL {
    /// The purl; nil when there is none or it is not one.
    let purl: PackageURL?

    /// The text that should have been a purl and is none; nil when there was none to read.
    let unreadable: String?

    /// Reads a purl, also the old spelling `pkg:alpine/name@version` of syft.
    init(_ text: String?) {
        var text = text ?? ""
        if text.hasPrefix("pkg:alpine/") {
            let rest = text.dropFirst("pkg:alpine/".count)
            text = "pkg:apk/alpine/" + (rest.hasPrefix("alpine/") ? rest.dropFirst("alpine/".count) : rest)
        }
        purl = try? PackageURL(tolerating: text)
        unreadable = purl == nil && !text.isEmpty ? text : nil
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

    /// What a document's own name and version of a package say other than its purl, in one sentence; nil when they agree.
    ///
    /// The purl is the package's identity: what is judged is what it names.
    func difference(name: String?, version: String?) -> String? {
        guard let purl else {
            return unreadable.map {
                "the purl of \(name ?? "a package") is none, so nobody can say which package it is: \($0)"
            }
        }
        let label = [name, version].compactMap(\.self).joined(separator: " ")
        if let name, !name.isEmpty, !isSame(name: name, purl) {
            return "a package is called \(label) and its purl names \(purl): the purl counts"
        }
        if let version, !version.isEmpty, let own = purl.version, !isSame(version: version, own) {
            return "a package is called \(label) and its purl names \(purl): the purl counts"
        }
        return nil
    }

    private func isSame(name: String, _ purl: PackageURL) -> Bool {
        // A name with its group is the whole name: by its last part alone another group's artifact would pass for it.
        if purl.type == "maven", name.contains(":") {
            return name == purl.packageName || name == "maven:" + purl.packageName
        }
        let names = [
            purl.packageName, purl.name, (purl.namespace.map { $0 + "/" } ?? "") + purl.name,
            // As GitHub writes it.
            purl.type + ":" + purl.packageName,
        ]
        return names.contains { type.comparableName($0) == type.comparableName(name) }
    }

    /// An epoch stands in a qualifier of some purls, and a `v` before some versions.
    private func isSame(version: String, _ own: String) -> Bool {
        version.lowercased() == own.lowercased() || version.hasSuffix(":" + own) || own.hasSuffix(":" + version)
            || "v" + version == own || version == "v" + own
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
        let written = name.flatMap { $0.isEmpty ? nil : $0 }
        guard let name = identity(written) else { return nil }
        let label = version.flatMap { $0.isEmpty ? nil : $0 }
        // The document keeps what purls of some types lose: letters' case, and an epoch.
        let isLabelRight = label.flatMap { label in purl?.version.map { isSame(version: label, $0) } } ?? true
        let isSystem = [.apk, .deb, .rpm].contains(type)
        return Package(
            type: type,
            name: name,
            version: (isLabelRight ? label : nil) ?? purl?.version ?? "",
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
    /// The name that counts: the purl's, in the document's letters where those are the same name.
    private func identity(_ written: String?) -> String? {
        guard let purl else { return written }
        guard let written else { return purl.packageName }
        return type.comparableName(written) == type.comparableName(purl.packageName) ? written : purl.packageName
    }
}
