// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, image-layout.md and image-index.md; Docker image specification 1.3, "manifest.json";
// BuildKit docs/attestations/attestation-storage.md.

import Archives
public import Diagnostics
public import OCISpec

/// The images of one archive or folder.
///
/// Opening reads the tables of contents only; `image(reference:platform:)` reads and verifies one image's documents, and its
/// layers are verified while they are read.
public struct ImageArchive: Sendable {
    /// The form it was found in.
    public let layout: Layout
    /// The path as the user named it.
    public let place: Place
    /// The images in it, in the archive's order; one for several platforms counts once.
    public let entries: [Entry]
    /// What stands beside the images on the front page and is none: signatures, attestations and the like, in its order.
    public let companions: [Companion]

    let container: any LayoutContainer
    let limits: Limits
    /// What `manifest.json` lists; empty when there is none.
    let dockerItems: [DockerSaveItem]

    /// The forms that images are saved in.
    public enum Layout: String, Sendable, Hashable, Codable, CaseIterable {
        /// An OCI layout, in a folder or a tar.
        case oci
        /// An OCI layout with Docker's `manifest.json` beside it: Docker 25 and later.
        case dockerSave = "docker-save"
        /// `manifest.json` and a folder for each layer: Docker before 25, skopeo, podman.
        case legacyDockerSave = "legacy-docker-save"
        /// skopeo's `dir:` form.
        case directory = "dir"
    }

    /// One image of the archive, not read yet.
    public struct Entry: Sendable, Hashable {
        /// The names that the archive gives it: full references, or bare tags where only those are written; sorted.
        public let names: [String]
        /// Where the index, or the manifests of the image, stand; empty when only `manifest.json` knows it.
        let roots: [Descriptor]
        /// The attestation manifests that stand beside the roots.
        let siblings: [Descriptor]
        /// The place in `manifest.json`; nil when it is not listed there.
        let dockerItem: Int?

        /// The digest of the configuration as `manifest.json` names it; nil when it is not listed there, or without one.
        let configuration: Digest?

        /// The digest of the index or manifest, else of the configuration; nil when the archive names none.
        public var digest: Digest? { roots.count == 1 ? roots.first?.digest : roots.isEmpty ? configuration : nil }

        /// The names that are full references.
        public var references: [ImageReference] { names.compactMap { try? ImageReference(parsing: $0) } }
    }

    init(_ container: any LayoutContainer, isFolder: Bool, limits: Limits) throws {
        self.limits = limits
        place = container.place
        let indexBytes = try container.bytes(at: "/index.json", limits: limits)
        let manifestBytes = try container.bytes(at: "/manifest.json", limits: limits)
        var items: [DockerSaveItem] = []
        var directManifest: Descriptor?
        if let manifestBytes {
            if manifestBytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "[") {
                items = try decodeJSON(
                    [DockerSaveItem].self,
                    from: manifestBytes,
                    what: "manifest.json",
                    place: container.place
                )
            } else {
                directManifest = try Self.directManifest(manifestBytes, place: container.place)
            }
        }
        dockerItems = items
        self.container =
            indexBytes == nil
            ? directManifest.map { DirectManifestContainer(base: container, digest: $0.digest) } ?? container
            : container
        if let indexBytes {
            let index = try decodeJSON(ImageIndex.self, from: indexBytes, what: "index.json", place: container.place)
            layout = items.isEmpty ? .oci : .dockerSave
            (entries, companions) = try Self.entries(of: index, items: items, in: self.container, limits: limits)
        } else if !items.isEmpty {
            layout = .legacyDockerSave
            entries = items.indices.map {
                Entry(of: items[$0], at: $0)
            }
            companions = []
        } else if let directManifest {
            layout = .directory
            entries = [
                Entry(names: [], roots: [directManifest], siblings: [], dockerItem: nil, configuration: nil)
            ]
            companions = []
        } else if try container.source(at: "/repositories") != nil {
            throw Failure(
                .malformedInput,
                "the archive is of a Docker before 1.10",
                at: container.place,
                why: "it has no manifest.json",
                fix: "Save the image again with a newer Docker."
            )
        } else {
            throw Failure(
                .malformedInput,
                "this is no image",
                at: container.place,
                why: "there is no index.json and no manifest.json in it",
                fix: "Give an OCI layout, or a tar that `docker save` or `docker buildx build -o type=oci` wrote."
            )
        }
        guard !entries.isEmpty else {
            throw Failure(.malformedInput, "there is no image in it", at: container.place)
        }
    }

    /// All names of all images, sorted.
    public var names: [String] { entries.flatMap(\.names).sorted() }

    /// The one image that a reference means.
    ///
    /// - Parameter reference: a name as the archive has it, a reference in any spelling, a bare tag, or a digest; nil means the
    ///   only image there is.
    /// - Throws: a `Failure`: `usage` when nil is not enough to choose, `noInput` when there is no such image.
    public func entry(_ reference: String? = nil) throws -> Entry {
        guard let reference else {
            guard let first = entries.first, entries.count == 1 else {
                throw Failure(
                    .usage,
                    "the archive holds \(entries.count) images",
                    at: place,
                    why: entries.map { $0.names.first ?? $0.digest?.description ?? "an image without a name" }
                        .joined(separator: ", "),
                    fix: "Say which one with --ref."
                )
            }
            return first
        }
        if let exact = entries.first(where: { $0.names.contains(reference) || $0.digest?.description == reference }) {
            return exact
        }
        if let found = try entry(ofDigest: reference) { return found }
        if let wanted = try? ImageReference(parsing: reference).withDefaultTag,
            let found = entries.first(where: { entry in
                entry.references.contains { Self.matches($0.withDefaultTag, wanted) }
                    || (wanted.digest != nil && entry.digest == wanted.digest)
            })
        {
            return found
        }
        // `latest` alone is a tag of whatever repository the archive is about.
        let tagged = entries.filter { entry in entry.references.contains { $0.tag == reference } }
        if let only = tagged.first, tagged.count == 1 { return only }
        throw Failure(
            .noSuchImage,
            "there is no image \(reference) in it",
            at: place,
            why: names.isEmpty ? "its images have no names" : "it has " + names.joined(separator: ", ")
        )
    }

    /// The image that a digest, or the beginning of one (twelve digits or more), means: of its index, of a manifest in it, or of a
    /// configuration; nil when the text is none, or no image has it.
    private func entry(ofDigest text: String) throws -> Entry? {
        let hex = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
        let isHex = hex.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
        guard (12...128).contains(hex.utf8.count), isHex else { return nil }
        func isMeant(_ digest: Digest?) -> Bool { digest?.hex.hasPrefix(hex) ?? false }
        if let found = entries.first(where: { entry in
            entry.roots.contains { isMeant($0.digest) } || isMeant(entry.configuration)
        }) {
            return found
        }
        return try entries.first { entry in
            guard !entry.roots.isEmpty else { return false }
            return try candidates(of: entry).contains { candidate in
                isMeant(candidate.descriptor.digest)
                    || isMeant(Self.configuration(of: candidate.descriptor, in: container, limits: limits))
            }
        }
    }

    private static func matches(_ left: ImageReference, _ right: ImageReference) -> Bool {
        left.name == right.name && (right.tag == nil || left.tag == right.tag)
            && (right.digest == nil || left.digest == nil || left.digest == right.digest)
    }

    /// skopeo's `dir:` form: `manifest.json` is the manifest or index itself.
    private static func directManifest(_ bytes: [UInt8], place: Place) throws -> Descriptor {
        struct Head: Decodable {
            let mediaType: String?
            let manifests: [Descriptor]?
            let schemaVersion: Int?
        }
        let head = try decodeJSON(Head.self, from: bytes, what: "manifest.json", place: place)
        guard head.schemaVersion != 1 else {
            throw Failure(
                .malformedInput,
                "the image is in a form that no tool writes any more",
                at: place,
                why: "its manifest has schema version 1",
                fix: "Copy it again, with skopeo's --format oci or v2s2."
            )
        }
        return Descriptor(
            mediaType: head.mediaType ?? (head.manifests == nil ? MediaType.manifest : MediaType.index),
            digest: .sha256(of: bytes),
            size: bytes.count
        )
    }
}

/// The annotations that name images and attestations.
public enum Annotation {
    /// The full reference, as containerd and Docker write it.
    public static let imageName = "io.containerd.image.name"
    /// The tag, or whatever name a tool gave.
    public static let referenceName = "org.opencontainers.image.ref.name"
    /// What kind of companion a manifest is.
    public static let dockerReferenceType = "vnd.docker.reference.type"
    /// The digest of the manifest that a companion is about.
    public static let dockerReferenceDigest = "vnd.docker.reference.digest"
    /// The predicate type of an attestation blob.
    public static let predicateType = "in-toto.io/predicate-type"
}

/// One image as `manifest.json` of `docker save` lists it.
struct DockerSaveItem: Codable, Sendable, Hashable {
    var config: String
    var repoTags: [String]?
    var layers: [String]

    private enum CodingKeys: String, CodingKey {
        case config = "Config"
        case repoTags = "RepoTags"
        case layers = "Layers"
    }

    /// The SHA-256 digest that a file name says: `<hex>`, `<hex>.json` or `…/sha256/<hex>`; nil when it says none.
    static func digest(inName name: String) -> Digest? {
        var last = name.split(separator: "/").last.map(String.init) ?? name
        if last.hasSuffix(".json") { last = String(last.dropLast(5)) }
        // Some builders write the algorithm as well.
        if last.hasPrefix("sha256:") { last = String(last.dropFirst(7)) }
        return try? Digest(parsing: "sha256:" + last)
    }

    init(config: String, repoTags: [String]?, layers: [String]) {
        self.config = config
        self.repoTags = repoTags
        self.layers = layers
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        config = try container.decode(String.self, forKey: .config)
        repoTags = try container.decodeIfPresent([String].self, forKey: .repoTags)
        layers = try container.decodeIfPresent([String].self, forKey: .layers) ?? []
    }
}
