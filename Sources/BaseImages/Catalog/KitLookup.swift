// SPDX-License-Identifier: Apache-2.0

import OCISpec

/// Finds what describes a reference: first an image whose files are recorded, then one that is known in part, then by the rules of
/// its publisher's names.
struct KitLookup: Sendable {
    let facts: LazyFacts

    /// What describes a reference; nil when nothing does.
    ///
    /// A digest is only known where it is recorded: what a tag beside it says is not what the digest says.
    /// - Throws: a `Failure` when a file of the kit is wrong.
    func described(_ reference: ImageReference) throws -> BaseImageKit.Described? {
        let models = reference.digest == nil ? [:] : facts.models.identifiers
        if let entry = facts.index.entry(for: reference, models: models) { return .whole(entry) }
        guard reference.digest == nil, let tag = reference.effectiveTag else { return nil }
        let name = HardenedName(reference)?.repository ?? reference.name
        if let found = try described(name, tag) { return found }
        let names = facts.images.index.repositories(meantBy: name)
        guard names.count == 1, let target = names.first else { return nil }
        switch rule(for: target)?.meaning(of: tag) {
        case .tag(let other)?: return try described(target, other)
        case .image(let image)?: return .inPart(KnownImages.Found(image: image, others: []))
        case nil: return nil
        }
    }

    /// The repository that a reference means; nil where it is none that is listed, or one of several.
    func canonicalName(of reference: ImageReference) -> String? {
        let names = facts.images.index.repositories(meantBy: HardenedName(reference)?.repository ?? reference.name)
        return names.count == 1 ? names.first : nil
    }

    /// The rules for the tags of a repository; nil for one that is not listed.
    func rule(for repository: String) -> TagRule? {
        guard let listed = facts.images.optionalRepository(repository) else { return nil }
        let own = facts.index.entries.filter { $0.repository == repository }.flatMap(\.tags)
        var releases: [String: String] = [:]
        switch repository {
        case "docker.io/library/node": releases = BaseImageCatalog.nodeReleases
        case "docker.io/library/ubuntu":
            for (name, cycle) in facts.ends.cycleOfCodename where name.hasPrefix("ubuntu ") {
                releases[String(name.dropFirst("ubuntu ".count))] = cycle
            }
        default: break
        }
        return TagRule(repository: repository, listed: listed, otherTags: Set(own), releases: releases)
    }

    private func described(_ repository: String, _ tag: String) throws -> BaseImageKit.Described? {
        for name in facts.images.index.repositories(meantBy: repository).prefix(1) {
            let reference = BaseImageKit.reference(name, tag: tag)
            if let entry = facts.index.entry(for: reference) { return .whole(entry) }
        }
        return try facts.images.image(repository, tag: tag).map { .inPart($0) }
    }
}
