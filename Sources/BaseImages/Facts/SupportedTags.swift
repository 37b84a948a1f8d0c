// SPDX-License-Identifier: Apache-2.0

// Source: docker-library/official-images, library/*, 2026-08-21 and its history since 2023-06.

/// The supported tags of an official repository, and those that were dropped.
struct SupportedTags: Sendable {
    /// The tags on the list.
    let supported: Set<String>
    /// The day on which a tag was dropped.
    let dropped: [String: String]
    /// Whether these are all tags that are supported.
    let isWhole: Bool

    /// Takes them from what is listed of the repository.
    init(_ repository: CatalogShelf.Repository) {
        var supported = Set(repository.furtherTags)
        for image in repository.images {
            switch image.state {
            case .current, .deprecated: supported.formUnion(image.tags)
            case .former, .unknown: continue
            }
        }
        self.supported = supported
        dropped = repository.dropped.filter { !supported.contains($0.key) }
        isWhole = repository.isWhole
    }
}
