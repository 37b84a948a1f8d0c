// SPDX-License-Identifier: Apache-2.0

public import OCISpec

/// An image that the kit describes, as a list shows it.
public struct KitImage: Sendable, Hashable, Codable {
    /// The name of its file in the kit, such as `node-24.21.0-bookworm-slim`.
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

    /// An image of the kit; without a digest as long as it is not assembled.
    public init(
        id: String,
        repository: String,
        tags: [String],
        model: BaseImage.Model,
        notes: [String],
        manifestDigest: Digest?,
        isAssembled: Bool
    ) {
        self.id = id
        self.repository = repository
        self.tags = tags
        self.model = model
        self.notes = notes
        self.manifestDigest = manifestDigest
        self.isAssembled = isAssembled
    }
}
