// SPDX-License-Identifier: Apache-2.0

// Source: the generators of docker-library's lists, which publish every image under its full version, each shorter form of it, and
// with or without the system that is its default.

/// Which listed tag means the same image as one that is not listed, where the publisher's own way of naming makes that certain.
///
/// Three rules. An image whose version is 24.19.0 and that is listed as `24-slim` is `24.19.0-slim` and `24.19-slim` as well. What two
/// tags of one line say of each other (`24-slim` is `24-bookworm-slim`) holds for its versions (`24.21.0-slim` is
/// `24.21.0-bookworm-slim`). And the names of releases stand for their numbers (`krypton-slim`, `jammy`). Nothing is guessed: a
/// version that no image is recorded to have stays unknown.
struct TagRule: Sendable {
    /// The repository in full.
    let repository: String
    /// What is listed of it.
    let listed: CatalogShelf.Repository
    /// Tags of images that are known elsewhere.
    let otherTags: Set<String>
    /// The numbers of releases by the name that stands for them.
    let releases: [String: String]

    /// What a tag means.
    enum Meaning: Sendable, Hashable {
        /// The same as another tag, which is known.
        case tag(String)
        /// A listed image. Its tags may have moved on since, so it is not to be looked up by one.
        case image(KnownImage)
    }

    /// What a tag means; nil where no rule says so.
    func meaning(of tag: String) -> Meaning? {
        if isKnown(tag) { return .tag(tag) }
        if let plain = withoutReleaseName(tag), let found = isKnown(plain) ? .tag(plain) : versioned(plain) {
            return found
        }
        return versioned(tag)
    }

    private func isKnown(_ tag: String) -> Bool { listed.places[tag] != nil || otherTags.contains(tag) }

    private func versioned(_ tag: String) -> Meaning? {
        guard let wanted = VersionedTag(tag) else { return nil }
        for count in (1..<max(2, wanted.parts.count + 1)).reversed() {
            let line = wanted.parts.prefix(count).map(String.init).joined(separator: ".")
            guard let image = listed.image(tagged: line + wanted.suffix) else { continue }
            if let version = version(of: image), version.starts(with: wanted.parts) { return .image(image) }
            // Another tag of the same line says how else its versions are called.
            for other in image.tags where other.hasPrefix(line + "-") && other != line + wanted.suffix {
                let candidate = wanted.version + other.dropFirst(line.count)
                if isKnown(candidate) { return .tag(candidate) }
            }
        }
        return nil
    }

    /// The version of what an image is named after, as its environment has it: `NODE_VERSION` of `node`.
    private func version(of image: KnownImage) -> [Int]? {
        guard let name = repository.split(separator: "/").last else { return nil }
        let prefix = name.uppercased() + "_VERSION="
        guard let entry = image.ownEnvironment?.last(where: { $0.hasPrefix(prefix) }) else { return nil }
        return VersionedTag(String(entry.dropFirst(prefix.count))).flatMap { $0.suffix.isEmpty ? $0.parts : nil }
    }

    /// `krypton-slim` as `24-slim`.
    private func withoutReleaseName(_ tag: String) -> String? {
        let parts = tag.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let number = releases[String(first)] else { return nil }
        return parts.count == 2 ? number + "-" + parts[1] : number
    }
}

extension TagRule {
    /// Known tags that are nearest to one that is not known, at most three: those that share most of its beginning, then the shortest.
    func nearest(to tag: String) -> [String] {
        let all = Set(listed.places.keys).union(otherTags)
        let wanted = Array(tag.utf8)
        func shared(_ other: String) -> Int { zip(wanted, other.utf8).prefix { $0 == $1 }.count }
        // A tag that ends as this one does is the same kind of image.
        let suffix = tag.firstIndex(of: "-").map { tag[$0...] } ?? ""
        let ranked = all.map { (tag: $0, shared: shared($0), isSameKind: !suffix.isEmpty && $0.hasSuffix(suffix)) }
            .filter { $0.shared > 0 || $0.isSameKind }
        return ranked.sorted { left, right in
            (left.shared, left.isSameKind ? 1 : 0, -left.tag.utf8.count, right.tag)
                > (right.shared, right.isSameKind ? 1 : 0, -right.tag.utf8.count, left.tag)
        }.prefix(3).map(\.tag)
    }
}

/// A tag that begins with a version: `24.19.0-bookworm-slim`.
struct VersionedTag: Sendable {
    /// One to three numbers.
    let parts: [Int]
    /// What follows them, with its `-`; empty when nothing does.
    let suffix: String

    /// Reads a tag; nil when it does not begin with one to three numbers.
    init?(_ tag: String) {
        let end = tag.firstIndex(of: "-") ?? tag.endIndex
        let numbers = tag[..<end].split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...3).contains(numbers.count), numbers.allSatisfy({ $0 != nil && ($0 ?? -1) >= 0 }) else { return nil }
        parts = numbers.compactMap(\.self)
        suffix = String(tag[end...])
    }

    /// The numbers, joined by points.
    var version: String { parts.map(String.init).joined(separator: ".") }

    /// The line of releases that ends at one day: the first number of Node.js and Debian, the first two elsewhere.
    func cycle(of product: String) -> String {
        parts.prefix(["nodejs", "debian"].contains(product) ? 1 : 2).map(String.init).joined(separator: ".")
    }
}
