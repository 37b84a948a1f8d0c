// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import OCISpec

/// An image that the kit describes, as a list shows it.
public struct KitImage: Sendable, Hashable, Codable {
    /// The name of its file in the kit, such as `node-24.21.0-bookworm-slim`; of an image that is known in part its repository and
    /// first tag.
    public let id: String
    /// The repository in full; `dhi.io/…` stands for an organization's mirror as well.
    public let repository: String
    /// The tags that name it.
    public let tags: [String]
    /// What it is a model of.
    public let model: BaseImage.Model
    /// What is only nearly so, in sentences.
    public let notes: [String]
    /// The digest of the model's manifest; nil when the kit's table of models does not have it.
    public let manifestDigest: Digest?
    /// Whether the local store has it.
    public let isAssembled: Bool
    /// What it runs on, such as `debian 13`; nil where the image's own files say so.
    public let system: String?
    /// The user that a container runs as, as the configuration has it; empty for root, nil where it is not recorded.
    public let user: String?
    /// Of each facet how much is known: `known`, `in part` or `unknown`.
    public let facets: [String: String]
    /// Of each facet that is not known in full, why.
    public let gaps: [String: String]

    /// Makes a line from its parts.
    init(
        id: String,
        repository: String,
        tags: [String],
        model: BaseImage.Model,
        notes: [String],
        manifestDigest: Digest?,
        isAssembled: Bool,
        system: String?,
        user: String?,
        knowledge: ImageKnowledge
    ) {
        self.id = id
        self.repository = repository
        self.tags = tags
        self.model = model
        self.notes = notes
        self.manifestDigest = manifestDigest
        self.isAssembled = isAssembled
        self.system = system
        self.user = user
        facets = Dictionary(
            uniqueKeysWithValues: Facet.allCases.map { ($0.rawValue, knowledge.extent(of: $0).rawValue) }
        )
        gaps = Dictionary(uniqueKeysWithValues: knowledge.gaps.map { ($0.key.rawValue, $0.value.reason) })
    }

    /// How much is known of a facet.
    public func extent(of facet: Facet) -> ImageKnowledge.Extent {
        facets[facet.rawValue].flatMap(ImageKnowledge.Extent.init) ?? .unknown
    }
}

/// A repository of which the kit describes images.
public struct KitRepository: Sendable, Hashable, Codable {
    /// The repository in full.
    public let name: String
    /// How many images are described.
    public let imageCount: Int
    /// How many tags name them.
    public let tagCount: Int
    /// How many of the images have their files and packages recorded.
    public let wholeCount: Int
}
