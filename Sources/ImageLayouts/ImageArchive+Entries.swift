// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, image-layout.md; Docker image specification 1.3, "manifest.json".

import Diagnostics
import OCISpec

extension ImageArchive {
    /// Groups the descriptors of a front page: what has the same digest or the same name is one image.
    static func entries(
        of index: ImageIndex,
        items: [DockerSaveItem],
        in container: any LayoutContainer,
        limits: Limits
    ) throws -> (entries: [Entry], companions: [Companion]) {
        let place = container.place
        let most = min(limits.entries, 10_000)
        guard index.manifests.count <= most, items.count <= most else {
            throw Failure(.overLimit, "the index lists more than \(most) images", at: place)
        }
        var siblings = index.manifests.filter(AttestationManifests.isCandidate)
        var companions: [Companion] = []
        var images: [Descriptor] = []
        for descriptor in index.manifests where !AttestationManifests.isCandidate(descriptor) {
            guard let companion = Companions.companion(descriptor, in: container, limits: limits) else {
                images.append(descriptor)
                continue
            }
            companions.append(companion)
        }
        siblings += attestations(companions, among: index.manifests, of: images)
        let groups = self.groups(of: images)
        var used: Set<Int> = []
        var itemOfTag: [String: Int] = [:]
        for (place, item) in items.enumerated() {
            for tag in item.repoTags ?? [] { itemOfTag[canonical(tag)] = place }
        }
        var entries: [Entry] = groups.map { group in
            let item =
                group.names.sorted().lazy.compactMap { itemOfTag[canonical($0)] }.first
                ?? (groups.count == 1 && items.count == 1 ? 0 : nil)
                ?? self.item(of: group.roots, among: items, in: container, limits: limits)
            if let item { used.insert(item) }
            let names = group.names.union(item.flatMap { items[$0].repoTags } ?? [])
            return Entry(
                names: withoutBareTags(names),
                roots: group.roots,
                siblings: siblings,
                dockerItem: item,
                configuration: item.flatMap { DockerSaveItem.digest(inName: items[$0].config) }
            )
        }
        // Docker 25.0.0 could leave the index empty, and images saved by digest may be missing from it.
        let known = Set(entries.compactMap(\.configuration))
        for item in items.indices where !used.contains(item) {
            let entry = Entry(of: items[item], at: item)
            // The same image once more, for another platform's sake or under no name, is no other image.
            if let configuration = entry.configuration, known.contains(configuration), entry.names.isEmpty { continue }
            entries.append(entry)
        }
        return (entries, companions)
    }

    /// Puts together what is one image: descriptors of one digest or one name, and nameless ones that differ in their platforms.
    private static func groups(of images: [Descriptor]) -> [(names: Set<String>, roots: [Descriptor])] {
        var groups: [(names: Set<String>, roots: [Descriptor])] = []
        var groupOfDigest: [Digest: Int] = [:]
        var groupOfName: [String: Int] = [:]
        let unnamed = images.filter { names(of: $0).isEmpty && $0.platform != nil && !MediaType.isIndex($0.mediaType) }
        let areOne = Set(unnamed.map(\.platform)).count == unnamed.count && unnamed.count > 1
        let joined = areOne ? Set(unnamed.map(\.digest)) : []
        var unnamedGroup: Int?
        for descriptor in images {
            let names = self.names(of: descriptor)
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
        return groups
    }

    /// The place in `manifest.json` of the image that has one of these manifests; nil when none has its configuration.
    private static func item(
        of roots: [Descriptor],
        among items: [DockerSaveItem],
        in container: any LayoutContainer,
        limits: Limits
    ) -> Int? {
        guard !items.isEmpty else { return nil }
        let configurations = Set(roots.flatMap { self.configurations(of: $0, in: container, limits: limits, depth: 0) })
        return items.firstIndex { DockerSaveItem.digest(inName: $0.config).map(configurations.contains) ?? false }
    }

    private static func configurations(
        of descriptor: Descriptor,
        in container: any LayoutContainer,
        limits: Limits,
        depth: Int
    ) -> [Digest] {
        guard MediaType.isIndex(descriptor.mediaType) else {
            return [configuration(of: descriptor, in: container, limits: limits)].compactMap(\.self)
        }
        guard depth < 3, let bytes = (try? container.verifiedBytes(descriptor, limits: limits)) ?? nil,
            let index = try? decodeJSON(ImageIndex.self, from: bytes, what: "an index", place: container.place)
        else { return [] }
        return index.manifests.prefix(1_000).flatMap {
            configurations(of: $0, in: container, limits: limits, depth: depth + 1)
        }
    }

    /// The digest of the configuration that a manifest names; nil when the manifest cannot be read.
    static func configuration(
        of descriptor: Descriptor,
        in container: any LayoutContainer,
        limits: Limits
    ) -> Digest? {
        guard let bytes = (try? container.verifiedBytes(descriptor, limits: limits)) ?? nil else { return nil }
        return (try? decodeJSON(ImageManifest.self, from: bytes, what: "a manifest", place: container.place))?.config
            .digest
    }

    /// The attestations among the companions, as descriptors that say which image they are about, as BuildKit's do.
    private static func attestations(
        _ companions: [Companion],
        among descriptors: [Descriptor],
        of images: [Descriptor]
    ) -> [Descriptor] {
        companions.filter { $0.kind == .attestation }.compactMap { companion in
            guard var descriptor = descriptors.first(where: { $0.digest == companion.digest }) else { return nil }
            // `cosign save` gives image and attestations one name.
            let names = Set(self.names(of: descriptor))
            let namesakes = images.filter { !names.isDisjoint(with: self.names(of: $0)) }
            let subject = companion.subject ?? (namesakes.count == 1 ? namesakes.first?.digest : nil)
            guard let subject else { return nil }
            descriptor.annotations = [
                Annotation.dockerReferenceType: "attestation-manifest",
                Annotation.dockerReferenceDigest: subject.description,
            ]
            return descriptor
        }
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
}

extension ImageArchive.Entry {
    /// An image that only `manifest.json` knows.
    init(of item: DockerSaveItem, at place: Int) {
        self.init(
            names: (item.repoTags ?? []).sorted(),
            roots: [],
            siblings: [],
            dockerItem: place,
            configuration: DockerSaveItem.digest(inName: item.config)
        )
    }
}
