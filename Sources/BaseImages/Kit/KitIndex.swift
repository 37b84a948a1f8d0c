// SPDX-License-Identifier: Apache-2.0

import OCISpec

/// Which image of the kit a reference means.
struct KitIndex: Sendable {
    /// The images, sorted by identifier.
    let entries: [Entry]

    private let byTag: [String: Int]
    private let byDigest: [String: Int]

    /// An image of the kit and how it is called.
    struct Entry: Sendable {
        /// The name of its file in `images/`.
        let id: String
        /// The repository in full; `dhi.io/…` stands for an organization's mirror as well.
        let repository: String
        /// The tags that name it.
        let tags: [String]
        /// The digests of the real image: of the index, the manifest, the configuration.
        let digests: [Digest]
        /// Tags that named it once and name another image now.
        let formerTags: [String]
    }

    /// Reads `images.kit`.
    init(_ records: [KitRecord]) {
        var entries: [Entry] = []
        var byTag: [String: Int] = [:]
        var byDigest: [String: Int] = [:]
        for record in records where record.kind == "I" {
            let entry = Entry(
                id: record[0],
                repository: record[1],
                tags: record.words(2),
                digests: record.words(3).compactMap { try? Digest(parsing: "sha256:" + $0) },
                formerTags: record.words(4)
            )
            for tag in entry.tags { byTag[entry.repository + ":" + tag] = entries.count }
            for digest in entry.digests { byDigest[digest.description] = entries.count }
            entries.append(entry)
        }
        self.entries = entries
        self.byTag = byTag
        self.byDigest = byDigest
    }

    /// The image that a reference means: by its digest when it has one, else by its tag.
    ///
    /// - Parameter models: the images by the digests of their models.
    /// - Returns: nil for a repository, a tag or a digest that the kit does not describe.
    func entry(for reference: ImageReference, models: [Digest: String] = [:]) -> Entry? {
        let repository = HardenedName(reference)?.repository ?? reference.name
        if let digest = reference.digest {
            let found = byDigest[digest.description].map { entries[$0] } ?? models[digest].flatMap(entry(id:))
            return found?.repository == repository ? found : nil
        }
        guard let tag = reference.effectiveTag else { return nil }
        return byTag[repository + ":" + tag].map { entries[$0] }
    }

    /// The image with that identifier.
    func entry(id: String) -> Entry? {
        entries.first { $0.id == id }
    }
}
