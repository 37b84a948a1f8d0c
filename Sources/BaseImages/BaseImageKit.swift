// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import JSONValues
public import OCISpec
import Synchronization

/// Finds base images: imported ones in the local store, else models that the kit describes.
///
/// A model is assembled into the store when it is first asked for; afterwards only its manifest and configuration are read
/// there, and its tree is made from the kit's lists. Models are for `linux/amd64` alone.
public final class BaseImageKit: BaseImageProvider {
    /// The registry in the names under which models stand in the store, such as
    /// `kit.seaworthy.dev/alpine-3.22.6:2026-09-17`; lists of images may leave them out.
    public static let storeDomain = "kit.seaworthy.dev"

    /// The facts of the same folder.
    public let catalog: BaseImageCatalog
    private let store: any BaseImageStore
    var folder: KitFolder { catalog.folder }
    var facts: LazyFacts { catalog.facts }
    private let packages: PackageCatalog
    private let loaded = Mutex<[String: BaseImage]>([:])

    /// Names the folder `kit/` and the store; nothing is read yet.
    ///
    /// - Parameters:
    ///   - root: the folder's path on the host.
    ///   - store: where imported images are looked for, and models are kept.
    public convenience init(root: String, store: any BaseImageStore) {
        self.init(catalog: BaseImageCatalog(root: root), store: store)
    }

    /// Takes the facts of the folder, so that what was read of them is shared, and the store.
    public init(catalog: BaseImageCatalog, store: any BaseImageStore) {
        self.catalog = catalog
        self.store = store
        packages = PackageCatalog(root: catalog.folder.root)
    }

    /// The image of that reference for that platform: an imported one, else a model.
    ///
    /// A digest names a model too: its own manifest or configuration, or what is recorded of the real image.
    /// - Returns: nil when neither the store nor the kit knows the reference, or for another platform than the kit's.
    /// - Throws: a `Failure` when an image is there but cannot be read, or a file of the kit is missing or wrong.
    public func baseImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage? {
        if reference.domain != Self.storeDomain, let stored = try store.storedImage(reference, platform: platform) {
            return stored
        }
        return try model(reference, platform: platform)
    }

    /// The model of that reference for that platform, imported images of the same name left out.
    ///
    /// One whose files and packages are recorded comes before one that is known in part.
    /// - Returns: nil when the kit does not describe the reference, or for another platform than the kit's.
    /// - Throws: a `Failure` when a file of the kit is missing or wrong, or the store cannot keep the model.
    public func model(_ reference: ImageReference, platform: Platform) throws -> BaseImage? {
        guard platform == .linuxAMD64, let described = try described(reference) else { return nil }
        switch described {
        case .whole(let entry): return try model(entry, as: reference)
        case .inPart(let found): return try model(found, as: reference)
        }
    }

    /// Names of images that are known and near a reference that is not, at most three.
    public func knownNear(_ reference: ImageReference) -> [ImageReference] {
        guard let name = lookup.canonicalName(of: reference), let tag = reference.effectiveTag,
            let rule = lookup.rule(for: name)
        else { return [] }
        return rule.nearest(to: tag).map {
            ImageReference(domain: reference.domain, path: reference.path, tag: $0, digest: nil)
        }
    }

    /// Assembles an image by its identifier, whether it is in the store or not.
    ///
    /// - Throws: `noInput` when the kit describes no image of that name.
    public func assemble(_ id: String) throws -> BaseImage {
        guard let entry = try index().entry(id: id) else {
            throw Failure(
                .noInput,
                "the kit describes no image of that name",
                at: .reference(id),
                fix: "Ask `seaworthy kit list`."
            )
        }
        let description = try description(id)
        let assembled = try ModelAssembler(folder: folder).assemble(description)
        try store.keep(assembled.blobs, manifest: assembled.descriptor, as: Self.storeName(entry, description))
        let tag = entry.tags.first
        return BaseImage(
            reference: Self.reference(entry.repository, tag: tag),
            manifestDigest: assembled.descriptor.digest,
            manifest: assembled.manifest,
            configuration: assembled.configuration,
            tree: assembled.tree,
            model: description.model,
            knowledge: description.knowledge
        )
    }

    /// The images whose files and packages are recorded.
    func index() throws -> KitIndex {
        _ = try folder.records("images")
        return facts.index
    }

    /// What describes an image: a file of its own, or a row of the catalog.
    enum Described {
        case whole(KitIndex.Entry)
        case inPart(KnownImages.Found)
    }

    /// Finds what describes a reference.
    func described(_ reference: ImageReference) throws -> Described? {
        _ = try index()
        if reference.domain == Self.storeDomain {
            if let entry = facts.index.entry(id: reference.path) { return .whole(entry) }
            guard let tag = reference.tag else { return nil }
            return try facts.images.image(reference.path, tag: tag).map { .inPart($0) }
        }
        return try lookup.described(reference)
    }

    var lookup: KitLookup { KitLookup(facts: facts) }

    /// Puts together what is known in part.
    var assembler: KnownImageAssembler {
        KnownImageAssembler(
            folder: folder,
            images: facts.images,
            packages: packages,
            isModelled: { [facts] in facts.index.entry(for: $0.withDefaultTag) != nil },
            model: { [self] in
                let reference = $0.withDefaultTag
                return try facts.index.entry(for: reference).map { try model($0, as: reference) }
            }
        )
    }

    /// Whether the local store has a model whose digests are recorded.
    func isKept(id: String) -> Bool {
        facts.models.all.first { $0.id == id }.map(isKept) ?? false
    }

    private func model(_ found: KnownImages.Found, as reference: ImageReference) throws -> BaseImage {
        let key = found.image.key + " " + found.others.map(\.key).joined(separator: " ")
        if let known = loaded.withLock({ $0[key] }) { return known.named(reference) }
        let assembled = try assembler.assemble(found, as: reference)
        let image = assembled.image
        let blobs = [image.manifest.config.digest] + image.configuration.rootfs.diffIDs
        if !store.holdsImage(image.manifestDigest, blobs: blobs) {
            let name = ImageReference(
                domain: Self.storeDomain,
                path: found.image.repository,
                tag: found.image.tags.first,
                digest: nil
            )
            try store.keep(assembled.blobs, manifest: assembled.descriptor, as: name)
        }
        loaded.withLock { $0[key] = image }
        return image
    }

    func description(_ id: String) throws -> ImageDescription {
        let file = "images/" + id
        return try ImageDescription(id: id, records: folder.records(file), file: file + ".kit")
    }

    private func model(_ entry: KitIndex.Entry, as reference: ImageReference) throws -> BaseImage {
        if let known = loaded.withLock({ $0[entry.id] }) { return known.named(reference) }
        let image = try kept(entry) ?? assemble(entry.id)
        loaded.withLock { $0[entry.id] = image }
        return image.named(reference)
    }

    /// The model out of the store; nil when it, or a part of it, is not there.
    private func kept(_ entry: KitIndex.Entry) throws -> BaseImage? {
        guard let known = facts.models.all.first(where: { $0.id == entry.id }),
            isKept(known)
        else { return nil }
        let manifest: ImageManifest = try decode(known.manifestDigest)
        let configuration: ImageConfiguration = try decode(known.configDigest)
        let description = try description(entry.id)
        return BaseImage(
            reference: Self.reference(entry.repository, tag: entry.tags.first),
            manifestDigest: known.manifestDigest,
            manifest: manifest,
            configuration: configuration,
            tree: try ModelAssembler(folder: folder).tree(description),
            model: description.model,
            knowledge: description.knowledge
        )
    }

    private func isKept(_ model: ModelTable.Model) -> Bool {
        store.holdsImage(model.manifestDigest, blobs: [model.configDigest] + model.diffIDs)
    }

    /// The name that keeps a model in the store: it must not be taken for the real image.
    private static func storeName(_ entry: KitIndex.Entry, _ description: ImageDescription) -> ImageReference {
        ImageReference(domain: storeDomain, path: entry.id, tag: description.model.asOf, digest: nil)
    }

    private func decode<Value: Decodable>(_ digest: Digest) throws -> Value {
        do {
            return try JSONReader.decode(Value.self, from: store.blob(digest), limits: .own)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(
                .malformedInput,
                "a base image in the local store is damaged",
                at: .reference(digest.description),
                fix: "Remove it with `seaworthy image prune`; it is made again.",
                cause: error
            )
        }
    }

    static func reference(_ repository: String, tag: String?) -> ImageReference {
        let slash = repository.firstIndex(of: "/") ?? repository.endIndex
        return ImageReference(
            domain: String(repository[..<slash]),
            path: String(repository[slash...].dropFirst()),
            tag: tag,
            digest: nil
        )
    }
}
