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

        /// The digest of the index or manifest; nil when the archive names none.
        public var digest: Digest? { roots.count == 1 ? roots.first?.digest : nil }

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
            entries = try Self.entries(of: index, items: items, place: container.place, limits: limits)
        } else if !items.isEmpty {
            layout = .legacyDockerSave
            entries = items.indices.map {
                Entry(names: (items[$0].repoTags ?? []).sorted(), roots: [], siblings: [], dockerItem: $0)
            }
        } else if let directManifest {
            layout = .directory
            entries = [Entry(names: [], roots: [directManifest], siblings: [], dockerItem: nil)]
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

    private static func matches(_ left: ImageReference, _ right: ImageReference) -> Bool {
        left.name == right.name && (right.tag == nil || left.tag == right.tag)
            && (right.digest == nil || left.digest == nil || left.digest == right.digest)
    }

    /// Groups the descriptors of a front page: what has the same digest or the same name is one image.
    private static func entries(of index: ImageIndex, items: [DockerSaveItem], place: Place, limits: Limits) throws
        -> [Entry]
    {
        let most = min(limits.entries, 10_000)
        guard index.manifests.count <= most, items.count <= most else {
            throw Failure(.overLimit, "the index lists more than \(most) images", at: place)
        }
        let siblings = index.manifests.filter(AttestationManifests.isCandidate)
        var groups: [(names: Set<String>, roots: [Descriptor])] = []
        var groupOfDigest: [Digest: Int] = [:]
        var groupOfName: [String: Int] = [:]
        let images = index.manifests.filter { !AttestationManifests.isCandidate($0) }
        // Manifests without any name that differ in their platforms are one image for several platforms.
        let unnamed = images.filter { names(of: $0).isEmpty && $0.platform != nil && !MediaType.isIndex($0.mediaType) }
        let areOne = Set(unnamed.map(\.platform)).count == unnamed.count && unnamed.count > 1
        let joined = areOne ? Set(unnamed.map(\.digest)) : []
        var unnamedGroup: Int?
        for descriptor in images {
            let names = names(of: descriptor)
            var found = groupOfDigest[descriptor.digest] ?? names.lazy.compactMap { groupOfName[$0] }.first
            if found == nil, joined.contains(descriptor.digest) { found = unnamedGroup }
            let place = found ?? groups.count
            if found == nil {
                groups.append(([], []))
                if joined.contains(descriptor.digest) { unnamedGroup = place }
            }
            groups[place].names.formUnion(names)
            if groupOfDigest[descriptor.digest] == nil { groups[place].roots.append(descriptor) }
            groupOfDigest[descriptor.digest] = place
            for name in names { groupOfName[name] = place }
        }
        var used: Set<Int> = []
        var itemOfTag: [String: Int] = [:]
        for (place, item) in items.enumerated() {
            for tag in item.repoTags ?? [] { itemOfTag[canonical(tag)] = place }
        }
        var entries: [Entry] = groups.map { group in
            let item =
                group.names.sorted().lazy.compactMap { itemOfTag[canonical($0)] }.first
                ?? (groups.count == 1 && items.count == 1 ? 0 : nil)
            if let item { used.insert(item) }
            let names = group.names.union(item.flatMap { items[$0].repoTags } ?? [])
            return Entry(names: withoutBareTags(names), roots: group.roots, siblings: siblings, dockerItem: item)
        }
        // Docker 25.0.0 could leave the index empty, and several images saved by digest could be missing from it.
        let listed = groups.isEmpty || items.count > groups.count
        for item in items.indices where listed && !used.contains(item) {
            guard groups.isEmpty || items[item].repoTags?.isEmpty == false else { continue }
            entries.append(
                Entry(names: (items[item].repoTags ?? []).sorted(), roots: [], siblings: [], dockerItem: item)
            )
        }
        return entries
    }

    /// The full name where the archive has one, else the reference name, which may be a bare tag.
    static func names(of descriptor: Descriptor) -> [String] {
        let annotations = descriptor.annotations ?? [:]
        if let full = annotations[Annotation.imageName], !full.isEmpty { return [full] }
        if let name = annotations[Annotation.referenceName], !name.isEmpty { return [name] }
        return []
    }

    /// A bare tag says nothing beside a full name that ends in it, and one name in two spellings is one name.
    private static func withoutBareTags(_ names: Set<String>) -> [String] {
        let tags = Set(names.filter { $0.contains(":") }.compactMap { $0.split(separator: ":").last.map(String.init) })
        var seen: Set<String> = []
        return names.filter { $0.contains(":") || $0.contains("/") || !tags.contains($0) }
            .sorted { ($0.hasPrefix("docker.io/") ? 0 : 1, $0) < ($1.hasPrefix("docker.io/") ? 0 : 1, $1) }
            .filter { seen.insert(canonical($0)).inserted }
            .sorted()
    }

    /// A name in the spelling that all its spellings share; a bare tag stays one.
    private static func canonical(_ name: String) -> String {
        guard name.contains(":") || name.contains("/") else { return name }
        return (try? ImageReference(parsing: name))?.description ?? name
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
