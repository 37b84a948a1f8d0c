// SPDX-License-Identifier: Apache-2.0

public import OCISpec

/// What the kit knows of tags, digests and ends of life.
///
/// Each family of facts is read from `kit/` when it is first asked for. What cannot be read is unknown, never an error.
///
/// Source: docker-library/repo-info and official-images, docker-hardened-images/catalog, endoflife.date; the days stand in
/// `historyAsOf` and its neighbours.
public struct BaseImageCatalog: BaseImageFacts {
    let folder: KitFolder
    let facts: LazyFacts

    /// Names the folder `kit/`; nothing is read yet.
    ///
    /// - Parameter root: the folder's path on the host.
    /// - Parameter additions: folders that add images, see `KitAddition`; those that are not there add nothing.
    public init(root: String, additions: [String] = []) {
        let folder = KitFolder(root: root, additions: additions)
        self.folder = folder
        self.facts = LazyFacts(folder: folder)
    }

    /// The same facts with the images of further folders.
    public func adding(_ additions: [String]) -> BaseImageCatalog {
        BaseImageCatalog(root: folder.root, additions: folder.additions + additions)
    }

    /// The newest day of all facts; a family of facts may be older, see `historyAsOf` and its neighbours.
    public var asOf: String { Self.historyAsOf }

    /// The day up to which the history of tags and digests reaches.
    public static let historyAsOf = "2026-09-23"
    /// The day of the lists of supported tags.
    public static let supportedTagsAsOf = "2026-08-21"
    /// The day of the ends of life.
    public static let endOfLifeAsOf = "2026-08-22"
    /// The day of the list of Docker Hardened Images.
    public static let hardenedImagesAsOf = "2026-08-22"

    /// The digests that a tag pointed at over time, the oldest first; of real images only, models are no part of a history.
    public func history(of reference: ImageReference) -> [TagRecord] {
        guard let tag = reference.effectiveTag else { return [] }
        return facts.history.records(repository: reference.name, tag: tag)
    }

    /// Every recorded tag that points, or pointed, at a digest, models included; sorted by repository, tag and day.
    ///
    /// A model's digest is known when the kit's table of models has it. Its record is current for a tag when no newer day is
    /// recorded of that tag.
    public func tags(at digest: Digest) -> [TagRecord] {
        (facts.history.records(at: digest) + modelRecords { $0.digests.contains(digest) }).sorted(
            by: TagRecord.precedes
        )
    }

    /// The base image whose layers an image begins with; of several the one with the most layers, under all its tags.
    ///
    /// - Parameter diffIDs: the digests of the image's layers, the lowest first: uncompressed, or as compressed, for the latter
    ///   are what is recorded of most images.
    public func base(forDiffIDs diffIDs: [Digest]) -> [TagRecord] {
        let recorded = facts.history.longestPrefix(of: diffIDs)
        var modelled: (count: Int, records: [TagRecord]) = (0, [])
        for model in facts.models.all where model.diffIDs.count >= max(1, modelled.count) {
            guard diffIDs.starts(with: model.diffIDs) else { continue }
            if model.diffIDs.count > modelled.count { modelled = (model.diffIDs.count, []) }
            modelled.records += modelRecords { $0.id == model.id }
        }
        if recorded.count > modelled.count { return recorded.records.sorted(by: TagRecord.precedes) }
        if modelled.count > recorded.count { return modelled.records.sorted(by: TagRecord.precedes) }
        return (recorded.records + modelled.records).sorted(by: TagRecord.precedes)
    }

    /// What is known of a Docker Hardened Image, by either form of its name.
    public func hardenedImage(_ reference: ImageReference) -> HardenedImage? {
        guard let name = HardenedName(reference) else { return nil }
        let tag = reference.tag
        return HardenedImage(
            image: name.image,
            tag: tag,
            isBuildVariant: tag.map(Self.isBuildVariant) ?? false,
            isListed: tag.map { facts.images.optionalRepository(name.repository)?.image(tagged: $0) != nil } ?? false
        )
    }

    private func modelRecords(_ isWanted: (ModelTable.Model) -> Bool) -> [TagRecord] {
        var records: [TagRecord] = []
        for model in facts.models.all where isWanted(model) {
            guard let entry = facts.index.entry(id: model.id) else { continue }
            for tag in entry.tags + entry.formerTags {
                let newest = facts.history.records(repository: entry.repository, tag: tag).last?.asOf
                records.append(
                    TagRecord(
                        repository: entry.repository,
                        tag: tag,
                        asOf: model.asOf,
                        isCurrent: !entry.formerTags.contains(tag) && (newest.map { $0 <= model.asOf } ?? true),
                        indexDigest: nil,
                        manifestDigest: model.manifestDigest,
                        configDigest: model.configDigest,
                        isModel: true
                    )
                )
            }
        }
        return records
    }

    /// Whether a tag of a hardened image names a build variant.
    private static func isBuildVariant(_ tag: String) -> Bool {
        tag.hasSuffix("-dev") || tag.contains("-sdk")
    }

    /// The facts behind the extensions of this type.
    var lazyFacts: LazyFacts { facts }
}

extension TagRecord {
    /// The order in which records leave the catalog.
    static func precedes(_ left: TagRecord, _ right: TagRecord) -> Bool {
        (left.repository, left.tag, left.asOf, left.isModel ? 1 : 0)
            < (right.repository, right.tag, right.asOf, right.isModel ? 1 : 0)
    }
}
