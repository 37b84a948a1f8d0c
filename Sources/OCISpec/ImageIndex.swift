// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, image-index.md; Docker manifest list.

/// A list of manifests: an image for several platforms, or the front page of a layout.
public struct ImageIndex: Sendable, Hashable, Codable {
    /// Always 2.
    public var schemaVersion: Int
    /// The index's own media type; Docker before 26 left it out.
    public var mediaType: String?
    /// The manifests; Docker 25.0.0 to 25.0.2 could write `null`, read as empty.
    public var manifests: [Descriptor]
    /// Arbitrary remarks.
    public var annotations: [String: String]?

    private enum CodingKeys: String, CodingKey { case schemaVersion, mediaType, manifests, annotations }

    /// An index of schema version 2.
    public init(
        mediaType: String? = MediaType.index,
        manifests: [Descriptor],
        annotations: [String: String]? = nil
    ) {
        self.schemaVersion = 2
        self.mediaType = mediaType
        self.manifests = manifests
        self.annotations = annotations
    }

    /// Reads an index, `null` manifests included.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        schemaVersion = try container.decodeIfPresent(Int.self, forKey: .schemaVersion) ?? 2
        mediaType = try container.decodeIfPresent(String.self, forKey: .mediaType)
        manifests = try container.decodeIfPresent([Descriptor].self, forKey: .manifests) ?? []
        annotations = try container.decodeIfPresent([String: String].self, forKey: .annotations)
    }
}
