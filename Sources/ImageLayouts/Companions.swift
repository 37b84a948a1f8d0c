// SPDX-License-Identifier: Apache-2.0

// Source: cosign's specification of signatures (tags `sha256-….sig`, annotation `kind` of `cosign save`); OCI distribution
// specification 1.1, "Referrers tag schema"; OCI image specification 1.1, manifest.md, "Guidelines for artifact usage".

import Diagnostics
public import OCISpec

/// Something that stands beside an image in a layout and is none: a signature, an attestation, a bill of materials, an artifact.
public struct Companion: Sendable, Hashable {
    /// The digest of its manifest, or of the index of several.
    public let digest: Digest
    /// What it is.
    public let kind: Kind
    /// The image that it is about; nil when neither its name nor its manifest says.
    public let subject: Digest?

    /// What companions are.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case signature, attestation, billOfMaterials
        /// Anything else that is attached to an image, or an artifact of its own.
        case artifact
    }
}

/// Tells companions from images.
enum Companions {
    private static let cosign = "dev.cosignproject.cosign/"

    /// The companion that a descriptor of a layout's front page, or the manifest that it points at, shows; nil for an image.
    ///
    /// A manifest that cannot be read here is taken for an image: whoever asks for it learns why.
    static func companion(_ descriptor: Descriptor, in container: any LayoutContainer, limits: Limits) -> Companion? {
        if let marked = marked(descriptor) { return marked }
        guard MediaType.isManifest(descriptor.mediaType) || descriptor.mediaType.isEmpty,
            let bytes = (try? container.verifiedBytes(descriptor, limits: limits)) ?? nil,
            let manifest = try? decodeJSON(ImageManifest.self, from: bytes, what: "a manifest", place: container.place)
        else { return nil }
        let isImage =
            manifest.artifactType == nil && manifest.subject == nil && isImageConfiguration(manifest.config.mediaType)
            && (manifest.layers.isEmpty || manifest.layers.contains { isImageLayer($0.mediaType) })
        guard !isImage else { return nil }
        return Companion(
            digest: descriptor.digest,
            kind: kind(of: manifest),
            subject: manifest.subject?.digest
        )
    }

    /// What annotations, the name or the descriptor's own type say.
    private static func marked(_ descriptor: Descriptor) -> Companion? {
        func companion(_ kind: Companion.Kind, of subject: Digest? = nil) -> Companion {
            Companion(digest: descriptor.digest, kind: kind, subject: subject)
        }
        if let kind = descriptor.annotations?["kind"], kind.hasPrefix(cosign) {
            switch kind.dropFirst(cosign.count) {
            case "sigs": return companion(.signature)
            case "atts": return companion(.attestation)
            case "sboms", "sbom": return companion(.billOfMaterials)
            default: break
            }
        }
        for name in ImageArchive.names(of: descriptor) {
            let tag = name.split(separator: "/").last?.split(separator: ":").last.map(String.init) ?? name
            guard let (subject, ending) = subject(ofTag: tag) else { continue }
            switch ending {
            case "sig": return companion(.signature, of: subject)
            case "att": return companion(.attestation, of: subject)
            case "sbom": return companion(.billOfMaterials, of: subject)
            default: return companion(.artifact, of: subject)
            }
        }
        guard let type = descriptor.artifactType, !isImageConfiguration(type) else { return nil }
        return companion(kind(ofType: type))
    }

    /// `sha256-<hex>.sig`, and `sha256-<hex>` alone, which is how registries without a list of referrers keep one.
    private static func subject(ofTag tag: String) -> (digest: Digest, ending: String)? {
        let parts = tag.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let stem = parts.first, let hyphen = stem.firstIndex(of: "-"),
            let digest = try? Digest(parsing: stem[..<hyphen] + ":" + stem[stem.index(after: hyphen)...])
        else { return nil }
        return (digest, parts.count > 1 ? parts[1] : "")
    }

    private static func kind(of manifest: ImageManifest) -> Companion.Kind {
        let types = [manifest.artifactType ?? "", manifest.config.mediaType] + manifest.layers.map(\.mediaType)
        return types.lazy.map(kind(ofType:)).first { $0 != .artifact } ?? .artifact
    }

    private static func kind(ofType type: String) -> Companion.Kind {
        if type.contains("cosign.simplesigning") || type.contains("signature") { return .signature }
        if type.contains("in-toto") || type.contains("dsse") || type.contains("attestation") { return .attestation }
        if type.contains("spdx") || type.contains("cyclonedx") || type.contains("syft") { return .billOfMaterials }
        return .artifact
    }

    private static func isImageConfiguration(_ type: String) -> Bool {
        type.isEmpty || type == MediaType.configuration || type == MediaType.dockerConfiguration
    }

    private static func isImageLayer(_ type: String) -> Bool {
        type.isEmpty || type.hasPrefix("application/vnd.oci.image.layer.")
            || type.hasPrefix("application/vnd.docker.image.rootfs.")
    }
}
