// SPDX-License-Identifier: Apache-2.0

// Source: docker-library/official-images, library/* ("Supported tags"); docker-hardened-images/catalog.

public import OCISpec

extension BaseImageCatalog {
    /// Whether a tag is on the publisher's list of supported tags.
    ///
    /// Of most repositories only tags are known that are listed, or were once; of another tag nothing is said then. Of some the whole
    /// list is known. Those of `node` and `python` are kept by their short tags (`24-slim`): a full version (`24.19.0-slim`), a codename
    /// (`krypton-slim`) and Debian's days (`bookworm-20260803-slim`) are led back to these. A full version counts as supported
    /// when it is the newest recorded of its line, or recorded of an image that stands for a supported tag.
    /// - Returns: nil when nothing is known of the repository, and for a tag that may be newer than the list: see `NewerTags`.
    public func isSupported(_ reference: ImageReference) -> Bool? {
        if let hardened = HardenedName(reference) { return isListed(hardened, reference.effectiveTag) }
        guard reference.domain == "docker.io", reference.path.hasPrefix("library/") else { return nil }
        let repository = String(reference.path.dropFirst("library/".count))
        guard let tags = lazyFacts.supportedTags(of: repository) else { return nil }
        guard let tag = reference.effectiveTag else { return isSupported(digestOf: reference) }
        guard tags.isWhole else {
            return tags.supported.contains(tag) ? true : tags.dropped[tag] == nil ? nil : false
        }
        return isSupported(tag, of: repository, tags)
    }

    /// The day on which a tag was dropped from the list, `YYYY-MM-DD`; nil when it was not, or nothing is known.
    public func supportEnded(of reference: ImageReference) -> String? {
        guard reference.domain == "docker.io", reference.path.hasPrefix("library/"), let tag = reference.effectiveTag
        else {
            return nil
        }
        return lazyFacts.supportedTags(of: String(reference.path.dropFirst("library/".count)))?.dropped[tag]
    }

    private func isListed(_ name: HardenedName, _ tag: String?) -> Bool? {
        guard let listed = lazyFacts.images.optionalRepository(name.repository), let tag else { return nil }
        guard let image = listed.image(tagged: tag) else {
            // Extended-life, FIPS and STIG variants are not in the public catalog.
            if !listed.isWhole || tag.contains("fips") || tag.contains("stig") { return nil }
            return NewerTags(Array(listed.places.keys)).isOlder(tag) ? false : nil
        }
        guard case .current(let end?) = image.state else { return true }
        return end >= Self.hardenedImagesAsOf
    }

    /// A reference by digest alone: supported when a tag that is, points or pointed there.
    private func isSupported(digestOf reference: ImageReference) -> Bool? {
        guard let digest = reference.digest else { return nil }
        let records = tags(at: digest).filter { $0.repository == reference.name }
        guard !records.isEmpty else { return nil }
        return records.contains { record in
            isSupported(
                ImageReference(domain: reference.domain, path: reference.path, tag: record.tag, digest: nil)
            ) == true
        }
    }

    /// The other tags of the list that name the same image.
    public func aliases(of reference: ImageReference) -> [ImageReference] {
        guard reference.domain == "docker.io", reference.path.hasPrefix("library/"), let tag = reference.effectiveTag,
            let image = lazyFacts.images.optionalRepository(reference.name)?.image(tagged: tag)
        else { return [] }
        switch image.state {
        case .current, .deprecated: break
        case .former, .unknown: return []
        }
        return image.tags.filter { $0 != tag }.sorted().map {
            ImageReference(domain: reference.domain, path: reference.path, tag: $0, digest: nil)
        }
    }

    /// What the list says of a tag; where it does not have it, whether it can have had it.
    private func isSupported(_ tag: String, of repository: String, _ tags: SupportedTags) -> Bool? {
        if let plain = Self.plain(tag, of: repository), !tags.supported.contains(tag), tags.dropped[tag] == nil {
            let answer = isSupported(plain, of: repository, tags)
            return answer == true && repository == "debian" ? isSupportedDay(tag, tags) : answer
        }
        let answer = isListed(tag, of: repository, tags)
        guard answer == false, tags.dropped[tag] == nil else { return answer }
        let releases = lazyFacts.ends.all.filter { $0.product == "debian" || $0.product == "ubuntu" }
        let ended = releases.filter { $0.end.hasEnded(by: Self.supportedTagsAsOf) }.map(\.cycle)
        let codenames = lazyFacts.ends.cycleOfCodename.filter { ended.contains($0.value) }.keys
            .compactMap { $0.split(separator: " ").last.map(String.init) }
        return NewerTags(Array(tags.supported), endedNames: Set(codenames)).isOlder(tag) ? false : nil
    }

    private func isListed(_ tag: String, of repository: String, _ tags: SupportedTags) -> Bool? {
        if tags.supported.contains(tag) { return true }
        if tags.dropped[tag] != nil { return false }
        guard let version = VersionedTag(tag) else { return false }
        // A version of this line that is recorded of an image counts like the list itself, which is some weeks older.
        let product = repository == "node" ? "nodejs" : repository
        var newest = lazyFacts.ends.all.first { $0.product == product && $0.cycle == version.cycle(of: product) }?
            .latest
        for entry in lazyFacts.index.entries where entry.repository == "docker.io/library/" + repository {
            for known in entry.tags.compactMap(VersionedTag.init) where known.parts.count == 3 {
                guard known.cycle(of: product) == version.cycle(of: product), known.suffix == version.suffix else {
                    continue
                }
                guard let current = newest.flatMap(VersionedTag.init) else {
                    newest = known.version
                    continue
                }
                if current.parts.lexicographicallyPrecedes(known.parts) { newest = known.version }
            }
        }
        guard let newest = newest.flatMap(VersionedTag.init), version.parts.count > 1 else { return false }
        guard tags.supported.contains(version.cycle(of: product) + version.suffix) else { return false }
        if newest.parts.starts(with: version.parts) { return true }
        let listed = lazyFacts.ends.all.first { $0.product == product && $0.cycle == version.cycle(of: product) }?
            .latest
        if let listed = listed.flatMap(VersionedTag.init), listed.parts.starts(with: version.parts) { return true }
        return newest.parts.lexicographicallyPrecedes(version.parts) ? nil : false
    }

    /// `bookworm-20260803-slim`: supported when `bookworm-slim` is and no later day is recorded of it.
    private func isSupportedDay(_ tag: String, _ tags: SupportedTags) -> Bool? {
        let parts = tag.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard let place = Self.day(in: tag) else { return false }
        let plain = (parts[..<place] + parts[(place + 1)...]).joined(separator: "-")
        guard tags.supported.contains(plain) else { return false }
        let reference = ImageReference(domain: "docker.io", path: "library/debian", tag: plain, digest: nil)
        let day = String(parts[place])
        guard let newest = history(of: reference).last?.asOf.filter({ $0 != "-" }) else { return nil }
        if day == newest || day == "20260803" { return true }
        return day < newest ? false : nil
    }

    /// The place of a day among the parts of a tag, such as 1 in `bookworm-20260803-slim`.
    private static func day(in tag: String) -> Int? {
        tag.split(separator: "-", omittingEmptySubsequences: false)
            .firstIndex { $0.utf8.count == 8 && $0.utf8.allSatisfy(isDigit) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// The tag of the list that a tag with a day, or with a code name of Node.js, is led back to; nil for any other.
    private static func plain(_ tag: String, of repository: String) -> String? {
        if repository == "node" { return withoutCodename(tag) }
        guard repository == "debian", let place = day(in: tag) else { return nil }
        var parts = tag.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        parts.remove(at: place)
        return parts.isEmpty ? nil : parts.joined(separator: "-")
    }

    private static func withoutCodename(_ tag: String) -> String? {
        let parts = tag.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let major = nodeReleases[String(first)] else { return nil }
        return parts.count == 2 ? major + "-" + parts[1] : major
    }

    /// The long-term releases of Node.js by name.
    static let nodeReleases = ["krypton": "24", "jod": "22", "iron": "20", "hydrogen": "18", "gallium": "16"]
}
