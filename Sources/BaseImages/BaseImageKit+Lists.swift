// SPDX-License-Identifier: Apache-2.0

public import OCISpec

extension BaseImageKit {
    /// The images whose files and packages are recorded, sorted by identifier.
    ///
    /// - Throws: a `Failure` when a file of the kit is missing or wrong.
    public func images() throws -> [KitImage] { try index().entries.map(whole) }

    /// The repositories of which the kit describes images, sorted by name.
    ///
    /// - Throws: a `Failure` when a file of the kit is missing or wrong.
    public func repositories() throws -> [KitRepository] {
        let whole = Dictionary(grouping: try index().entries, by: \.repository)
        let listed = Dictionary(
            facts.images.index.repositories.map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return Set(whole.keys).union(listed.keys).sorted().map { name in
            let own = whole[name] ?? []
            // A tag that both have is one tag.
            let places = facts.images.optionalRepository(name)?.places ?? [:]
            let tags = own.flatMap(\.tags).filter { places[$0] == nil }
            return KitRepository(
                name: name,
                imageCount: own.count + (listed[name]?.imageCount ?? 0),
                tagCount: tags.count + (listed[name]?.tagCount ?? 0),
                wholeCount: own.count
            )
        }
    }

    /// The images of a repository: those whose files are recorded, then those that are known in part.
    ///
    /// - Parameter name: the repository, as people write it or in full.
    /// - Throws: a `Failure` when a file of the kit is missing or wrong.
    public func images(of name: String) throws -> [KitImage] {
        guard let reference = try? ImageReference(parsing: name), reference.tag == nil, reference.digest == nil else {
            return []
        }
        let full = HardenedName(reference)?.repository ?? reference.name
        let names = facts.images.index.repositories(meantBy: full)
        let whole = try index().entries.filter { $0.repository == full || names.contains($0.repository) }.map(whole)
        let assembler = assembler
        let listed = try names.flatMap { try facts.images.repository($0)?.images ?? [] }
        return whole + (try listed.map { try inPart(KnownImages.Found(image: $0, others: []), assembler) })
    }

    /// The image that a reference means, as a list shows it; nil when the kit describes none.
    ///
    /// - Throws: a `Failure` when a file of the kit is missing or wrong.
    public func image(_ reference: ImageReference) throws -> KitImage? {
        switch try described(reference) {
        case .whole(let entry)?: return try whole(entry)
        case .inPart(let found)?: return try inPart(found, assembler)
        case nil: return nil
        }
    }

    private func whole(_ entry: KitIndex.Entry) throws -> KitImage {
        let description = try description(entry.id)
        let digest = facts.models.all.first { $0.id == entry.id }?.manifestDigest
        return KitImage(
            id: entry.id,
            repository: entry.repository,
            tags: entry.tags,
            model: description.model,
            notes: description.notes,
            manifestDigest: digest,
            isAssembled: isKept(id: entry.id),
            system: nil,
            user: description.configuration.user ?? "",
            knowledge: description.knowledge
        )
    }

    private func inPart(_ found: KnownImages.Found, _ assembler: KnownImageAssembler) throws -> KitImage {
        let image = found.image
        var notes: [String] = []
        switch image.match {
        case "older": notes.append("Configuration as an earlier Dockerfile of this image has it.")
        case "sibling": notes.append("Configuration as the Dockerfile of a sister image has it.")
        default: break
        }
        if !found.others.isEmpty {
            let names = ([image] + found.others).map(\.key).joined(separator: " or ")
            notes.append("It is \(names); what these have in common is known.")
        }
        let unnumbered = image.accounts.filter { $0.kind == "user" && $0.uid == nil && !$0.name.hasPrefix("(") }
        if !unnumbered.isEmpty {
            let names = unnumbered.map(\.name).joined(separator: ", ")
            notes.append("The number of \(names) is the one that its tool would choose: none is recorded.")
        }
        if case .former(let day) = image.state { notes.append("Not on its publisher's list any more since \(day).") }
        return KitImage(
            id: image.key,
            repository: image.repository,
            tags: image.tags,
            model: BaseImage.Model(of: image.key, asOf: image.asOf, recordedDigest: nil, recordedSizeBytes: nil),
            notes: notes,
            manifestDigest: nil,
            isAssembled: false,
            system: found.others.isEmpty ? image.system.name : nil,
            user: image.start.user == KnownImage.Start.unknown ? nil : image.start.user,
            knowledge: try assembler.knowledge(of: found)
        )
    }
}
