// SPDX-License-Identifier: Apache-2.0

// Source: OpenVEX specification 0.2.0, "Product"; documents of Docker Hardened Images.

import BillOfMaterials
import OCISpec
import Packages

/// Which packages of an image a VEX statement speaks of.
///
/// A purl of a package means that package, as binary or as source package. A purl of an image (`pkg:docker`, `pkg:oci`) means this
/// image, and of it the subcomponents, or all where there are none. What a purl leaves out is a wildcard; what it says must be
/// equal.
struct VEXProducts {
    /// The repositories by which the image is known, in full.
    private let repositories: Set<String>
    /// The tags by which it is known, with their repositories.
    private let tags: Set<String>
    /// Its digests.
    private let digests: Set<Digest>
    private let platform: Platform?

    /// Takes the image; nil when there is none.
    init(_ subject: AnalysisSubject?) {
        var references = [subject?.reference?.withDefaultTag].compactMap(\.self)
        // The hardened images' own name for themselves.
        if let label = subject?.configuration.config.labels?["com.docker.dhi.name"],
            let own = try? ImageReference(parsing: label)
        {
            references.append(own)
        }
        repositories = Set(references.map(\.name))
        tags = Set(references.compactMap { reference in reference.tag.map { reference.name + ":" + $0 } })
        digests = Set([subject?.digest].compactMap(\.self))
        platform = subject?.configuration.platform
    }

    /// Whether a statement speaks of a package.
    func statement(
        _ statement: OpenVEXDocument.Statement,
        in entry: VEXDocuments.Entry,
        speaksOf package: Package
    ) -> Bool {
        // Without products the statement is about what encloses it, which is the image only where a digest says so.
        if statement.products.isEmpty { return entry.isBound }
        return statement.products.contains { product in
            if product.ids.contains(where: { Self.purl($0, speaksOf: package) }) { return true }
            guard isImage(product, entry) else { return false }
            return product.subcomponents.isEmpty
                || product.subcomponents.contains { $0.contains { Self.purl($0, speaksOf: package) } }
        }
    }

    // MARK: Images

    private func isImage(_ product: OpenVEXDocument.Product, _ entry: VEXDocuments.Entry) -> Bool {
        if let hash = product.hashes["sha-256"] ?? product.hashes["sha256"] {
            return digests.contains { $0.hex == hash.lowercased() }
        }
        return product.ids.contains { isImage($0, entry) }
    }

    private func isImage(_ id: String, _ entry: VEXDocuments.Entry) -> Bool {
        guard let purl = try? PackageURL(parsing: id), Self.isImageType(purl) else { return false }
        guard let name = Self.repository(purl) else { return false }
        if let wanted = purl.qualifiers["platform"], wanted != platform?.description { return false }
        let digest = (purl.version.flatMap { $0.contains(":") ? $0 : nil } ?? purl.qualifiers["digest"])
            .flatMap { try? Digest(parsing: $0) }
        let tag = purl.version.flatMap { $0.contains(":") ? nil : $0 } ?? purl.qualifiers["tag"]
        if purl.version?.contains(":") == true, digest == nil { return false }
        if let digest, !digests.contains(digest) { return false }
        let subjects = entry.subjectNames.compactMap { try? PackageURL(parsing: $0) }.filter(Self.isImageType)
        let isNamed = repositories.contains(name) || subjects.contains { Self.repository($0) == name }
        guard isNamed else { return false }
        guard let tag else { return true }
        return tags.contains(name + ":" + tag)
            || subjects.contains { Self.repository($0) == name && $0.version == tag }
    }

    private static func isImageType(_ purl: PackageURL) -> Bool { purl.type == "docker" || purl.type == "oci" }

    /// The repository in full that an image's purl names; nil when it is no name.
    private static func repository(_ purl: PackageURL) -> String? {
        let text =
            switch (purl.type, purl.qualifiers["repository_url"]) {
            case ("oci", let address?): address
            case (_, let address?): address + "/" + purl.packageName
            case (_, nil): purl.packageName
            }
        return (try? ImageReference(parsing: text))?.name
    }

    // MARK: Packages

    /// Whether an id is a purl that speaks of a package, under its own name or its source package's.
    static func purl(_ id: String, speaksOf package: Package) -> Bool {
        guard let purl = try? PackageURL(parsing: id), purl.type == package.type.rawValue else { return false }
        return [package.purl, package.scoutPURL].contains { own in
            guard own.namespace == purl.namespace,
                package.type.comparableName(own.name) == package.type.comparableName(purl.name)
            else { return false }
            if let version = purl.version, version != own.version { return false }
            return purl.qualifiers.allSatisfy { isEqual($0.key, $0.value, package) }
        }
    }

    /// Whether what a qualifier says is so of the package; one whose answer is not known is not.
    private static func isEqual(_ key: String, _ value: String, _ package: Package) -> Bool {
        let distribution = package.distribution
        switch key {
        case "arch": return value == package.architecture
        case "os_name": return value == distribution?.id
        case "os_distro": return value == distribution?.codename
        case "os_version": return isRelease(value, distribution?.versionID)
        case "distro":
            guard let distribution else { return false }
            let prefix = distribution.id + "-"
            guard value.hasPrefix(prefix) else { return value == distribution.id || value == distribution.codename }
            return isRelease(String(value.dropFirst(prefix.count)), distribution.versionID)
        case "upstream": return value == package.origin.map { $0.name + ($0.version.map { "@" + $0 } ?? "") }
        default: return false
        }
    }

    /// Whether a release is meant: `3.22` means `3.22.6` as well.
    private static func isRelease(_ wanted: String, _ version: String?) -> Bool {
        guard let version else { return false }
        return version == wanted || version.hasPrefix(wanted + ".")
    }
}
