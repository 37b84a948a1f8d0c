// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, descriptor.md.

/// Points at a blob: what it is, its digest and its size.
public struct Descriptor: Sendable, Hashable, Codable {
    /// The media type of the blob; Docker's old manifests may leave it out, then it is empty.
    public var mediaType: String
    /// The digest of the blob's bytes.
    public var digest: Digest
    /// The size of the blob in bytes.
    public var size: Int
    /// The platform of the image behind it; nil unless it stands in an index.
    public var platform: Platform?
    /// Arbitrary remarks.
    public var annotations: [String: String]?
    /// The type of the artifact behind it; nil when it is an image.
    public var artifactType: String?
    /// The blob itself, base64, for very small blobs.
    public var data: String?

    private enum CodingKeys: String, CodingKey {
        case mediaType, digest, size, platform, annotations, artifactType, data
    }

    /// What is not given is left out of the JSON.
    public init(
        mediaType: String,
        digest: Digest,
        size: Int,
        platform: Platform? = nil,
        annotations: [String: String]? = nil,
        artifactType: String? = nil,
        data: String? = nil
    ) {
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
        self.platform = platform
        self.annotations = annotations
        self.artifactType = artifactType
        self.data = data
    }

    /// Reads the object of a manifest or an index; foreign fields are ignored.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            mediaType: try container.decodeIfPresent(String.self, forKey: .mediaType) ?? "",
            digest: try container.decode(Digest.self, forKey: .digest),
            size: try container.decode(Int.self, forKey: .size),
            platform: try container.decodeIfPresent(Platform.self, forKey: .platform),
            annotations: try container.decodeIfPresent([String: String].self, forKey: .annotations),
            artifactType: try container.decodeIfPresent(String.self, forKey: .artifactType),
            data: try container.decodeIfPresent(String.self, forKey: .data)
        )
    }
}
